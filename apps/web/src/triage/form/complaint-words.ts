import { type FoundComplaint, rankComplaints } from '#libs/search/complaints';
import { type Vocabulary } from './use-vocabulary';

/* What was typed in letters last, after a Chinese character, a punctuation mark or a space. */
const lastWord = /[a-z]+$/i;
const most = 8;

/** The complaints that the letters at the end may stand for; nothing where the text ends in Chinese. */
export const complaintsFor = (text: string, entries: Vocabulary['complaints']): readonly FoundComplaint[] => {
  const [letters = ''] = lastWord.exec(text) ?? [];
  return letters === '' ? [] : rankComplaints(letters, entries, most);
};

/** The text with a complaint in the place of the letters at its end. */
export const withComplaint = (text: string, complaint: string): string => text.replace(lastWord, complaint);
