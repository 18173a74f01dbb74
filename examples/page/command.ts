/**
 * `npm run page` builds the page as static files; `-- --serve` serves the sources, and follows changes, instead;
 * `-- --preview` serves what it has built. `--out DIR` builds elsewhere than in dist/page.
 */
import { join, relative, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { build, createServer, preview } from 'vite';
import { sizes } from './sizes.js';
import { repository, siteConfig } from './site.js';

const { values } = parseArgs({
  options: { serve: { type: 'boolean' }, preview: { type: 'boolean' }, out: { type: 'string' } },
});
const out = values.out === undefined ? join(repository, 'dist/page') : resolve(values.out);

if (values.serve === true) {
  const server = await createServer(siteConfig(out));
  await server.listen();
  server.printUrls();
} else {
  await build(siteConfig(out));
  console.log(sizes(out));
  console.log(`\nstatic files in ${relative(process.cwd(), out) || '.'}: publish them on any host, under any path`);
  if (values.preview === true) (await preview({ ...siteConfig(out), preview: { open: false } })).printUrls();
  else console.log('to look at them: npm run page -- --preview');
}
