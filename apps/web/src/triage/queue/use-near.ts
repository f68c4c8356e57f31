import { type RefObject, useEffect, useState } from 'react';

const told = new WeakMap<Element, () => void>();
/* One observer for all rows; made when the first row asks. */
let observer: IntersectionObserver | null = null;
const watch = (): IntersectionObserver =>
  (observer ??= new IntersectionObserver(
    (entries) => {
      for (const { target, isIntersecting } of entries) if (isIntersecting) told.get(target)?.();
    },
    { rootMargin: '800px' },
  ));

/** Whether something has come near the screen: what is costly to draw waits for it. */
export const useNear = (of: RefObject<Element | null>): boolean => {
  const [near, setNear] = useState(false);
  useEffect(() => {
    const element = of.current;
    if (near || element === null) return undefined;
    told.set(element, () => setNear(true));
    watch().observe(element);
    return () => watch().unobserve(element);
  }, [near, of]);
  return near;
};
