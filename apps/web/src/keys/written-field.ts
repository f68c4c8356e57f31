type Field = HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement;

const pressed: readonly string[] = [
  'button',
  'checkbox',
  'color',
  'file',
  'image',
  'radio',
  'range',
  'reset',
  'submit',
];

/** The field that letters go into; null for everything that only hears keys. */
export const fieldOf = (target: EventTarget | null): Field | null => {
  if (target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement) return target;
  return target instanceof HTMLInputElement && !pressed.includes(target.type) ? target : null;
};

/** Remembers what a field holds; what is answered puts it back, and tells the page as if it had been typed. */
export const rememberField = (field: Field): (() => void) => {
  const { value } = field;
  return () => {
    if (field.value === value) return;
    // React overwrites the property on the element itself to notice changes; the one of its class gets past that.
    const own = Object.getOwnPropertyDescriptor(Object.getPrototypeOf(field), 'value');
    own?.set?.call(field, value);
    for (const type of ['input', 'change']) field.dispatchEvent(new Event(type, { bubbles: true }));
  };
};
