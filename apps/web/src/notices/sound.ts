/** Two short tones, made here so that there is no file to load; silent where the browser still waits for a first click. */
export const ring = (): void => {
  const context = new AudioContext();
  const gain = context.createGain();
  gain.gain.value = 0.15;
  gain.connect(context.destination);
  for (const [index, hertz] of [660, 880].entries()) {
    const tone = context.createOscillator();
    tone.frequency.value = hertz;
    tone.connect(gain);
    tone.start(context.currentTime + index * 0.18);
    tone.stop(context.currentTime + index * 0.18 + 0.15);
  }
  setTimeout(() => void context.close(), 1000);
};
