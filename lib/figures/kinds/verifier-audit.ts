import { z } from 'zod';
import { attacks } from '#lib/audit/attacks/index.ts';
import { verifiers } from '#lib/verifiers/index.ts';
import { DataReader, NO_FACTS, toFigureData, type FigureData } from '../figure-data.ts';
import type { FigureKind } from '../figure-kind.ts';
import { numberAxis, type Plot } from '../plot.ts';
import { axisEnds, type FigureSpec } from '../spec.ts';

const Share = z.object({
  value: z.number().min(0).max(1),
  interval: z.object({ low: z.number(), high: z.number(), level: z.number(), method: z.string() }),
});

const Query = z.discriminatedUnion('show', [
  z.strictObject({
    show: z
      .literal('attacks')
      .describe('Attack success by pattern and verifier, run now: the seed makes it repeatable.'),
    seed: z
      .int()
      .min(0)
      .max(2 ** 31)
      .default(20_250_522),
    golds: z.int().min(1).max(200).default(24),
    perAttack: z.int().min(1).max(100).default(9),
  }),
  z.strictObject({
    show: z.literal('cases').describe('Recall and precision on labelled cases.'),
    name: z.string().max(200).describe('Of the cases, for the caption.'),
    report: z
      .object({
        cases: z.int(),
        right: z.int(),
        judges: z
          .array(
            z.object({
              judge: z.string().max(200),
              n: z.int(),
              precision: Share.nullable(),
              recall: Share.nullable(),
            }),
          )
          .min(1)
          .max(60),
      })
      .describe('What `laconic audit CASES --json` printed.'),
  }),
]);
type Query = z.infer<typeof Query>;

const ATTACK_COLUMNS = {
  attack_place: 'number',
  verifier_place: 'number',
  attack: 'text',
  verifier: 'text',
  probes: 'number',
  accepted: 'number',
  rate: 'number',
} as const;

const CASE_COLUMNS = {
  place: 'number',
  verifier: 'text',
  cases: 'number',
  recall: 'number',
  recall_low: 'number',
  recall_high: 'number',
  precision: 'number',
  precision_low: 'number',
  precision_high: 'number',
} as const;

/** Whom a verifier lets in and whom it turns away. */
export const verifierAudit: FigureKind<Query> = {
  id: 'verifier-audit',
  label: 'Verifier audit',
  description:
    'Recall and precision of verifiers on labelled cases, or a heat map of the attacks that get through.',
  query: Query,
  example: { show: 'attacks' },
  async resolve(query, sources) {
    if (query.show === 'cases') return toCaseData(query);
    const { show: _show, ...plan } = query;
    const report = await sources.attacks(plan);
    const records = report.cells.flatMap((cells, row) =>
      cells.map((cell, column) => ({
        attack_place: row + 1,
        verifier_place: column + 1,
        attack: attacks.get(report.attacks[row] ?? '').label,
        verifier: report.judges[column] ?? '',
        probes: cell.probes,
        accepted: cell.accepted,
        rate: cell.rate?.value ?? null,
      })),
    );
    return toFigureData(ATTACK_COLUMNS, records, {
      ...NO_FACTS,
      subject: `Share of responses without an answer that each verifier accepts, in percent (${report.probes} probes, seed ${plan.seed}, ${plan.golds} references, ${plan.perAttack} an attack)`,
      verifiers: report.judges.map((id) => `${id}@${verifiers.get(id).version}`),
    });
  },
  form: { type: 'chart', plot: toPlot },
};

function toCaseData({ report, name }: Extract<Query, { show: 'cases' }>): FigureData {
  const records = report.judges.map(({ judge, n, recall, precision }, index) => ({
    place: index + 1,
    verifier: judge,
    cases: n,
    recall: recall?.value ?? null,
    recall_low: recall?.interval.low ?? null,
    recall_high: recall?.interval.high ?? null,
    precision: precision?.value ?? null,
    precision_low: precision?.interval.low ?? null,
    precision_high: precision?.interval.high ?? null,
  }));
  return toFigureData(CASE_COLUMNS, records, {
    ...NO_FACTS,
    subject: `Recall and precision by verifier on ${name} (${report.cases} labelled cases, ${report.right} of them right)`,
    verifiers: report.judges.map(({ judge }) => judge),
    intervals: ['95 %, Wilson'],
  });
}

function toPlot(data: FigureData, query: Query, spec: FigureSpec): Plot {
  const reader = new DataReader(data);
  const rows = reader.rows();
  if (query.show === 'attacks') {
    return {
      series: [],
      panels: [
        {
          title: null,
          x: { kind: 'category', label: '', names: reader.distinct('verifier').map(String) },
          y: { kind: 'category', label: '', names: reader.distinct('attack').map(String) },
          y2: null,
          layers: [
            {
              mark: 'cells',
              rows,
              series: null,
              x: 'verifier_place',
              y: 'attack_place',
              value: 'rate',
            },
          ],
        },
      ],
    };
  }
  const names = rows.map((row) => reader.text(row, 'verifier'));
  return {
    series: ['recall', 'precision'].map((name, order) => ({
      name,
      order,
      isBase: false,
      sign: 'marker',
    })),
    panels: (['recall', 'precision'] as const).map((measure, index) => ({
      title: measure === 'recall' ? 'Recall' : 'Precision',
      x: { ...numberAxis('%', 'fraction'), ...axisEnds(spec.x) },
      y: { kind: 'category', label: '', names },
      y2: null,
      layers: [
        {
          mark: 'points',
          rows,
          series: index,
          x: measure,
          y: 'place',
          xInterval: [`${measure}_low`, `${measure}_high`],
          yInterval: null,
          label: null,
          isHollow: false,
          isSecondary: false,
        },
      ],
    })),
  };
}
