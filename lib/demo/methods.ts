import { parseCsv, refuse } from './csv.ts';

/** Where in the life of a model a method acts; `Benchmark` entries measure and change nothing. */
export const LIFE_CYCLE_STAGES = [
  'Pretraining',
  'Data',
  'SFT',
  'RL',
  'Latent',
  'Inference',
  'Benchmark',
] as const;

export type LifeCycleStage = (typeof LIFE_CYCLE_STAGES)[number];

/** One entry of the method catalogue. */
export interface CatalogueMethod {
  /** Kebab-case of the name; the arXiv id can't be the key, since one paper may hold two entries. */
  id: string;
  name: string;
  stage: LifeCycleStage;
  /** Narrower label inside the stage, e.g. `early exit`. */
  substage: string;
  arxivId: string;
  mechanism: string;
}

/** How a family of published results is called and which catalogued method it runs. */
export interface PublishedFamily {
  id: string;
  label: string;
  /** Id in the catalogue; null for unchanged models and for baselines the catalogue does not list. */
  methodId: string | null;
}

/** The families of the published tables (arXiv 2505.15612, table 1; arXiv 2503.18892). */
export const PUBLISHED_FAMILIES: readonly PublishedFamily[] = [
  { id: 'original', label: 'Unchanged model', methodId: null },
  // Cutting training rollouts at one length is a baseline of its own; ThinkPrune, which lowers the cut in stages, is not meant.
  { id: 'truncation', label: 'Truncation', methodId: null },
  { id: 'group', label: 'Group reward', methodId: 'training-lms-to-reason-efficiently' },
  { id: 'budget', label: 'L1-Max', methodId: 'l1-lcpo' },
  { id: 'laser', label: 'LASER', methodId: 'laser-laser-d-laser-de' },
  { id: 'laser-d', label: 'LASER-D', methodId: 'laser-laser-d-laser-de' },
  { id: 'laser-de', label: 'LASER-DE', methodId: 'laser-laser-d-laser-de' },
  { id: 'zero-rl', label: 'Zero RL', methodId: null },
];

/** Null when the family is none of the published ones. */
export function findPublishedFamily(id: string): PublishedFamily | null {
  return PUBLISHED_FAMILIES.find((family) => family.id === id) ?? null;
}

/** The catalogue of efficient-reasoning methods from its CSV text. */
export function parseMethodCatalogue(csv: string): CatalogueMethod[] {
  const seen = new Set<string>();
  return parseCsv(csv).map((record) => {
    const name = record.get('name');
    const id = toMethodId(name);
    if (id === '' || seen.has(id)) throw refuse(record.line, `the name "${name}" gives no new id`);
    seen.add(id);

    const stage = LIFE_CYCLE_STAGES.find((known) => known === record.get('stage'));
    if (stage === undefined) {
      throw refuse(record.line, `unknown life-cycle stage "${record.get('stage')}"`);
    }
    const arxivId = record.get('arxiv');
    if (!/^\d{4}\.\d{5}$/.test(arxivId)) {
      throw refuse(record.line, `"${arxivId}" is not an arXiv id`);
    }
    const substage = record.get('substage');
    return { id, name, stage, substage, arxivId, mechanism: record.get('mechanism') };
  });
}

/** Plus, star and `@` tell names apart (`short-m@k`, `A*-Thought`), so they become words. */
function toMethodId(name: string): string {
  return name
    .toLowerCase()
    .replaceAll('*', ' star ')
    .replaceAll('@', ' at ')
    .replaceAll('+', ' plus ')
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '');
}
