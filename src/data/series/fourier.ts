/**
 * Magnitudes of the short-time Fourier transform of one series, in float64: the same numbers as `stftMagnitude` of the
 * graph, periodic Hann window, frames wholly within the series, sqrt(re^2 + im^2 + 1e-12).
 *
 * @param frame steps in a frame, at least 2   @param hop from one frame to the next
 * @returns a function from series [L] to [frame/2 + 1, frames], row-major, frames = floor((L - frame) / hop) + 1
 */
export function stft(frame: number, hop: number): (series: ArrayLike<number>) => Float64Array {
  const window = Float64Array.from({ length: frame }, (_, t) => 0.5 - 0.5 * Math.cos((2 * Math.PI * t) / frame));
  const bins = Math.floor(frame / 2) + 1;
  return (series) => {
    const frames = Math.floor((series.length - frame) / hop) + 1;
    const out = new Float64Array(bins * frames);
    const part = new Float64Array(frame);
    for (let f = 0; f < frames; f++) {
      for (let t = 0; t < frame; t++) part[t] = window[t] * series[f * hop + t];
      const { re, im } = transform(part, 0, 1, frame);
      for (let k = 0; k < bins; k++) out[k * frames + f] = Math.sqrt(re[k] ** 2 + im[k] ** 2 + 1e-12);
    }
    return out;
  };
}

interface Complex {
  readonly re: Float64Array;
  readonly im: Float64Array;
}

/**
 * X_k = sum_t x_{offset + t stride} e^(-2 pi i k t / n), k = 0..n-1. By its smallest prime factor p the sum is taken apart
 * into p sums of every p-th value (Cooley, Tukey 1965); what has no factor is summed up plainly.
 */
function transform(x: Float64Array, offset: number, stride: number, n: number): Complex {
  const [re, im] = [new Float64Array(n), new Float64Array(n)];
  const { cos, sin } = turns(n);
  const p = smallestFactor(n);
  const m = n / p;
  if (m === 1) {
    for (let k = 0; k < n; k++)
      for (let t = 0; t < n; t++) {
        const value = x[offset + t * stride];
        re[k] += value * cos[(k * t) % n];
        im[k] -= value * sin[(k * t) % n];
      }
    return { re, im };
  }
  for (let r = 0; r < p; r++) {
    const part = transform(x, offset + r * stride, stride * p, m);
    for (let k = 0; k < n; k++) {
      const [a, b] = [part.re[k % m], part.im[k % m]];
      const [c, s] = [cos[(r * k) % n], sin[(r * k) % n]];
      re[k] += a * c + b * s;
      im[k] += b * c - a * s;
    }
  }
  return { re, im };
}

/** Cosines and sines of 2 pi k / n, made once for each n. */
const known = new Map<number, { cos: Float64Array; sin: Float64Array }>();
function turns(n: number) {
  const before = known.get(n);
  if (before) return before;
  const angle = (k: number) => (2 * Math.PI * k) / n;
  const made = {
    cos: Float64Array.from({ length: n }, (_, k) => Math.cos(angle(k))),
    sin: Float64Array.from({ length: n }, (_, k) => Math.sin(angle(k))),
  };
  known.set(n, made);
  return made;
}

function smallestFactor(n: number): number {
  for (let p = 2; p * p <= n; p++) if (n % p === 0) return p;
  return n;
}
