import type { Metadata, Viewport } from 'next';
import { headers } from 'next/headers';
import type { ReactNode } from 'react';
import { SiteHeader } from './_ui/site-header.tsx';
import { THEME_SCRIPT } from './_ui/theme.ts';
import { Providers } from './providers.client.tsx';
import './globals.css';

export const metadata: Metadata = {
  title: { default: 'Laconic — accuracy against tokens', template: '%s · Laconic' },
  description:
    'Which reasoning method buys accuracy with the fewest tokens, with the evidence for every number.',
};

export const viewport: Viewport = {
  themeColor: [
    { media: '(prefers-color-scheme: light)', color: '#fcfcfa' },
    { media: '(prefers-color-scheme: dark)', color: '#121315' },
  ],
};

export default async function RootLayout({ children }: { children: ReactNode }) {
  const nonce = (await headers()).get('x-nonce') ?? undefined;
  return (
    // The theme script writes to this element before React sees it.
    <html lang="en" suppressHydrationWarning>
      <head>
        {/* Browsers hide the nonce from scripts, so that React finds it missing. */}
        <script
          nonce={nonce}
          suppressHydrationWarning
          dangerouslySetInnerHTML={{ __html: THEME_SCRIPT }}
        />
      </head>
      <body className="min-h-dvh">
        <a
          href="#content"
          className="sr-only focus:not-sr-only focus:absolute focus:z-50 focus:bg-paper focus:p-3"
        >
          Skip to the content
        </a>
        <Providers>
          <SiteHeader />
          <main id="content" className="mx-auto max-w-page px-4 pb-16 sm:px-6">
            {children}
          </main>
        </Providers>
      </body>
    </html>
  );
}
