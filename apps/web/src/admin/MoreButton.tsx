import { Button } from 'antd';
import { useTranslation } from 'react-i18next';

/** A list that is read in pages. */
export interface Pages {
  readonly hasNextPage: boolean;
  readonly isFetchingNextPage: boolean;
  readonly fetchNextPage: () => Promise<unknown>;
}

/** Reads the next page of a list; nothing where there is none. */
export const MoreButton = ({ pages }: { readonly pages: Pages }) => {
  const { t } = useTranslation('admin');
  if (!pages.hasNextPage) return null;
  return (
    <Button onClick={() => void pages.fetchNextPage()} loading={pages.isFetchingNextPage}>
      {t('more')}
    </Button>
  );
};
