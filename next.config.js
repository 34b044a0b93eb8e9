/** @type {import('next').NextConfig} */
const config = {
  distDir: process.env.LACONIC_NEXT_DIR ?? '.next',
  poweredByHeader: false,
  reactStrictMode: true,
  serverExternalPackages: [
    '@resvg/resvg-js',
    'fontkit',
    'pdfkit',
    'pg',
    'pg-copy-streams',
    'graphile-worker',
    '@prisma/client',
    'gpt-tokenizer',
  ],
  typescript: { ignoreBuildErrors: true },
  experimental: { serverActions: { bodySizeLimit: '1mb' } },
};

export default config;
