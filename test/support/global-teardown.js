import './load-typescript.js';

export default (await import('./stop-stack.ts')).default;
