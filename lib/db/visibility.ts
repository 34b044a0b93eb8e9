/** Who asks; null is an anonymous reader. */
export type Viewer = { tokenId: string; scopes: readonly string[] } | null;

export function isAdmin(viewer: Viewer): boolean {
  return viewer?.scopes.includes('admin') ?? false;
}

/**
 * The condition under which a reader may know of a run `r` on a benchmark `b`, for queries that take `viewerParams`
 * as their first two parameters. What it hides is 404 everywhere, never 403: a refusal would tell that it exists.
 */
export const RUN_IS_VISIBLE = `(
  (r.visibility = 'public' and b.visibility = 'public' and r.state <> 'withdrawn')
  or r.owner_token_id = $1::uuid or $2::boolean)`;

/** The same for a benchmark `b` by itself. */
export const BENCHMARK_IS_VISIBLE = `(
  b.visibility = 'public' or b.owner_token_id = $1::uuid or $2::boolean)`;

export function viewerParams(viewer: Viewer): [string | null, boolean] {
  return [viewer?.tokenId ?? null, isAdmin(viewer)];
}
