'use client';

export { budgetCurve } from './budget-curve.client.tsx';
export { bump } from './bump.client.tsx';
export { front } from './front.client.tsx';
export { lengths } from './lengths.client.tsx';
export { rewardGap } from './reward-gap.client.tsx';
export { rewardCurves } from './reward-curves.client.tsx';
export { series } from './series.client.tsx';
