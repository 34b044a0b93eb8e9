/** After this many seconds the page asks again, and programs may. */
export const RETRY_SECONDS = 5;

/** Sent in the place of any page while the database is away: whole in itself, since nothing else can be counted on. */
export const UNAVAILABLE_PAGE = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="refresh" content="${String(RETRY_SECONDS)}">
<meta name="color-scheme" content="light dark">
<title>Back in a moment · Laconic</title>
<style>
  :root { color-scheme: light dark; }
  body {
    margin: 0; min-height: 100vh; display: grid; place-items: center;
    background: light-dark(#fcfcfa, #121315); color: light-dark(#17191b, #ededea);
    font: 14px/20px 'Inter Variable', ui-sans-serif, system-ui, sans-serif;
  }
  main { max-width: 34rem; padding: 24px; }
  svg { display: block; width: 32px; height: 32px; margin-bottom: 20px; }
  h1 { margin: 0 0 8px; font-size: 26px; line-height: 32px; font-weight: 600; letter-spacing: -0.01em; }
  p { margin: 0 0 8px; color: light-dark(#595e63, #a4a9af); font-size: 16px; line-height: 24px; }
  a { color: light-dark(#4338ca, #a9b1ff); }
</style>
</head>
<body>
<main>
<svg viewBox="0 0 16 16" aria-hidden="true"><rect width="16" height="16" rx="3" fill="#17191b"/><path d="M3 13V6h4V3.5h6" fill="none" stroke="#fcfcfa" stroke-width="1.5"/><circle cx="7" cy="6" r="1.8" fill="#e69f00"/></svg>
<h1>The database does not answer right now</h1>
<p>Results and uploads that were accepted are safe. This page tries again every ${String(RETRY_SECONDS)} seconds.</p>
<p><a href="">Try again now</a></p>
</main>
</body>
</html>
`;
