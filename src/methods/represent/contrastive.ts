import { type ContrastiveLoss, thresholdRule } from '../../losses/contrastive/index.ts';
import type { SettingRule, Settings } from '../settings.ts';
import { type RepresentationMethod, usual } from './method.ts';

const DISTORTIONS: Readonly<Record<string, SettingRule>> = {
  jitter: { default: 0.2, min: 0, max: 10, about: 'standard deviation of noise added to standardised values' },
  scale: { default: 0.1, min: 0, max: 0.9, about: 'each window is multiplied by 1 - scale to 1 + scale' },
  mask: { default: 0.1, min: 0, max: 0.9, about: 'share of values set to 0' },
};

const THRESHOLD: SettingRule = {
  default: 'auto',
  must: 'auto, off, otsu, q1 to q99 or a number from -1 to 1',
  fits: (text) => text === 'auto' || isRule(text),
  about: 'neighbours less similar than this are transitions; auto: q10 where transitions are detectable, else off',
};

/** The method that trains an encoder with a contrastive loss; its settings are the loss's. */
export function contrastive(
  loss: ContrastiveLoss,
  { thresholds = false, lastRelu = false }: { thresholds?: boolean; lastRelu?: boolean } = {},
): RepresentationMethod {
  const { name, source, views, parameters } = loss;
  return {
    ...usual,
    name,
    source,
    embeds: 'trained',
    views,
    lastRelu,
    thresholds,
    settings: { ...parameters, ...(thresholds ? { threshold: THRESHOLD } : {}), ...(views === 2 ? DISTORTIONS : {}) },
    objective: ({ windows }, settings) => loss.build(windows, own(settings, parameters)),
  };
}

/** The settings that the loss itself knows. */
function own(settings: Settings, parameters: ContrastiveLoss['parameters']): Settings {
  return Object.fromEntries(Object.entries(settings).filter(([key]) => key in parameters));
}

function isRule(text: string): boolean {
  try {
    thresholdRule(text);
    return true;
  } catch {
    return false;
  }
}
