import { hash } from 'node:crypto';

const LEAF = Buffer.from([0]);
const NODE = Buffer.from([1]);

/** Bytes of every hash here. */
export const HASH_BYTES = 32;

/** RFC 6962, 2.1: what stands at the bottom of the tree for one entry. */
export const hashOfLeaf = (content: Uint8Array): Buffer => sha256(LEAF, content);

/** RFC 6962, 2.1: the hash over two subtrees, left and right. */
export const hashOfNode = (left: Uint8Array, right: Uint8Array): Buffer => sha256(NODE, left, right);

/** The root of a tree without leaves. */
export const EMPTY_ROOT = hash('sha256', '', 'buffer');

const sha256 = (...parts: Uint8Array[]): Buffer => hash('sha256', Buffer.concat(parts), 'buffer');
