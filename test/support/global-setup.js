import './load-typescript.js';

/** Jest loads this file as it is, without its transformer: Node strips the types itself. */
export default (await import('./start-stack.ts')).default;
