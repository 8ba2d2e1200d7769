/** Series to magnitudes [frame/2 + 1, frames], row-major; the same array every time. */
export type Stft = (series: Float64Array) => Float64Array;

/**
 * Magnitudes of the short-time Fourier transform of series of one length, in float64: the same numbers as `stftMagnitude`
 * of the graph, periodic Hann window, frames wholly within the series, sqrt(re^2 + im^2 + 1e-12).
 *
 * @param length of a series   @param frame steps in a frame, 2..length   @param hop from one frame to the next
 */
export function stft(length: number, frame: number, hop: number): Stft {
  const window = Float64Array.from({ length: frame }, (_, t) => 0.5 - 0.5 * Math.cos((2 * Math.PI * t) / frame));
  const bins = Math.floor(frame / 2) + 1;
  const frames = Math.floor((length - frame) / hop) + 1;
  const out = new Float64Array(bins * frames);
  const [part, re, im] = [new Float64Array(frame), new Float64Array(frame), new Float64Array(frame)];
  const transform = fourier(frame);
  return (series) => {
    for (let f = 0; f < frames; f++) {
      for (let t = 0; t < frame; t++) part[t] = window[t] * series[f * hop + t];
      transform(part, 0, 1, re, im, 0);
      for (let k = 0; k < bins; k++) out[k * frames + f] = Math.sqrt(re[k] * re[k] + im[k] * im[k] + 1e-12);
    }
    return out;
  };
}

/** X_k = sum_t x_{offset + t stride} e^(-2 pi i k t / n), k = 0..n-1, written to re and im from place `at`. */
type Transform = (
  x: Float64Array,
  offset: number,
  stride: number,
  re: Float64Array,
  im: Float64Array,
  at: number,
) => void;

/** Shorter transforms are summed up plainly. */
const PLAIN = 32;

/**
 * A transform of n values. By its smallest prime factor p it is taken apart into p transforms of every p-th value, m = n/p
 * long each (Cooley, Tukey 1965): X_k = sum_r e^(-2 pi i k r / n) Y_{r, k mod m}. What is prime is summed up plainly.
 */
function fourier(n: number): Transform {
  const p = smallestFactor(n);
  const m = n / p;
  if (n <= PLAIN || m === 1) return plainly(n);
  const inner = fourier(m);
  const [partRe, partIm] = [new Float64Array(n), new Float64Array(n)];
  const { cos, sin } = turns(p - 1, n, n); // row r - 1 is for part r; part 0 does not turn
  return (x, offset, stride, re, im, at) => {
    for (let r = 0; r < p; r++) inner(x, offset + r * stride, stride * p, partRe, partIm, r * m);
    for (let k = 0; k < n; k++) [re[at + k], im[at + k]] = [partRe[k % m], partIm[k % m]];
    for (let r = 1; r < p; r++)
      for (let q = 0; q < p; q++)
        for (let j = 0; j < m; j++) {
          const k = q * m + j;
          const [a, b] = [partRe[r * m + j], partIm[r * m + j]];
          const [c, s] = [cos[(r - 1) * n + k], sin[(r - 1) * n + k]];
          re[at + k] += a * c + b * s;
          im[at + k] += b * c - a * s;
        }
  };
}

function plainly(n: number): Transform {
  const { cos, sin } = turns(1, n, n);
  return (x, offset, stride, re, im, at) => {
    for (let k = 0; k < n; k++) {
      let [a, b, turn] = [0, 0, 0];
      for (let t = 0; t < n; t++) {
        const value = x[offset + t * stride];
        a += value * cos[turn];
        b -= value * sin[turn];
        turn += k;
        if (turn >= n) turn -= n;
      }
      re[at + k] = a;
      im[at + k] = b;
    }
  };
}

/** Cosines and sines of 2 pi r k / n, r = 1.. (rows), k = 0.. (columns): [rows, columns]. */
function turns(rows: number, columns: number, n: number) {
  const angle = (i: number) => (2 * Math.PI * (((Math.floor(i / columns) + 1) * (i % columns)) % n)) / n;
  const table = (wave: (angle: number) => number) =>
    Float64Array.from({ length: rows * columns }, (_, i) => wave(angle(i)));
  return { cos: table(Math.cos), sin: table(Math.sin) };
}

function smallestFactor(n: number): number {
  for (let p = 2; p * p <= n; p++) if (n % p === 0) return p;
  return n;
}
