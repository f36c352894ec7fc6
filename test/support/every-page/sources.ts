import type { Pages } from './page-state.js';
import type { World } from './world.js';

/** What the teams of sources see. */
export const SOURCES_PAGES: Pages = {
  'GET /problems': [{ name: 'problems' }],
  'GET /problems/:problem': [
    { name: 'problem', at: ({ problem }) => problem },
    { name: 'problem-answered', at: ({ answered }) => answered },
    { name: 'missing-involvement', at: ({ missing }) => missing },
  ],
  'POST /problems/:problem': [
    { name: 'problem-with-a-problem', at: ({ problem }) => problem, sent: {} },
    { name: 'missing-involvement-with-a-problem', at: ({ missing }) => missing, sent: {} },
  ],
  'GET /sources': [{ name: 'sources' }],
  'GET /sources/:source': [
    { name: 'source', at: () => '/sources/mosaic' },
    { name: 'source-not-heard-of', at: () => '/sources/insight' },
    { name: 'no-such-source', at: () => '/sources/none', status: 404 },
  ],
  'GET /sources/:source/files': [
    { name: 'files', at: () => '/sources/cluster-lists/files' },
    { name: 'files-none', at: () => '/sources/insight/files' },
  ],
  'GET /sources/:source/files/new': [{ name: 'new-file', at: () => '/sources/cluster-lists/files/new' }],
  'POST /sources/:source/files': [{ name: 'new-file-with-a-problem', at: () => '/sources/cluster-lists/files', sent: {} }],
  'GET /sources/:source/files/:file': (['waiting', 'second', 'published', 'refused'] as const).map((state) => ({
    name: `file-${state}`,
    at: ({ files }: World) => files[state],
  })),
  'POST /sources/:source/files/:file/confirmation': [
    { name: 'file-with-a-problem', at: ({ files }) => `${files.waiting}/confirmation`, sent: {} },
  ],
  'POST /sources/:source/files/:file/approval': [
    { name: 'file-approval-with-a-problem', at: ({ files }) => `${files.second}/approval`, sent: {} },
  ],
};
