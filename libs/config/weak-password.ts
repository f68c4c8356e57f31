const common = new Set([
  'postgres',
  'postgresql',
  'password',
  'passw0rd',
  'countersign',
  'countersign_app',
  'countersign_owner',
  'temporal',
  'admin',
  'administrator',
  'root',
  'secret',
  'changeme',
  'change-me',
  'a-long-password',
  '123456',
  '12345678',
  '123456789',
  '123456789012',
  'qwertyuiop',
  'correcthorsebatterystaple',
]);

const decoded = (text: string): string => {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
};

/** Whether the password in a database address is absent, short, repetitive, an example of ours or the user's name. */
export const hasWeakPassword = (url: string): boolean => {
  const { username, password } = new URL(url);
  const word = decoded(password);
  const plain = word.toLowerCase();
  const repetitive = new Set(word).size < 6;
  return word.length < 12 || repetitive || common.has(plain) || plain === decoded(username).toLowerCase();
};
