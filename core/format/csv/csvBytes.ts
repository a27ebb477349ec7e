/** csvBytes.wat, assembled; a test compares the two. A loop in JavaScript takes five to ten times as long, on n8n's main thread. */
const ASSEMBLED = [
	'AGFzbQEAAAABFwRgAn97AX5gAX8BfmABfwF/YAJ/fwF/AwUEAAECAwUDAQAFBxoDBm1lbW9yeQIABW1hcmtzAAIFY291bnQAAwqLAwRC',
	'ACAA/QAEACAB/SP9ZK0gAP0ABBAgAf0j/WStQhCGhCAA/QAEICAB/SP9ZK1CIIYgAP0ABDAgAf0j/WStQjCGhIQLKwEBeyAA/QAEACEB',
	'IAFBLP0P/SMgAUEK/Q/9I/1QIAFBIv0P/SP9UP1krQt+AgJ/AX5BgIAEIQICQANAIAEgAE8NASABEAEgAUEQahABQhCGhCABQSBqEAFC',
	'IIYgAUEwahABQjCGhIQhAwJAA0AgA1ANASACIAEgA3qnajYCACACQQRqIQIgAyADQgF9gyEDDAALCyABQcAAaiEBDAALCyACQYCABGtB',
	'AnYLmgECAX8DfkIAIAGtfSEFAkADQCACIABPDQEgAkEi/Q8QACEEIAQgBEIBhoUhBCAEIARCAoaFIQQgBCAEQgSGhSEEIAQgBEIIhoUh',
	'BCAEIARCEIaFIQQgBCAEQiCGhSEEIAQgBYUhBCADIAJBCv0PEAAgBEJ/hYN7fCEDIARCP4chBSACQcAAaiECDAALCyADp0EBdCAFp0EB',
	'cXIL',
].join('');

/** The part of the WebAssembly interface that is used; TypeScript knows it only for browsers. */
declare const WebAssembly: {
	readonly Module: new (bytes: Uint8Array) => object;
	readonly Instance: new (module: object) => { readonly exports: Readonly<Record<string, unknown>> };
	readonly Memory: new () => { readonly buffer: ArrayBuffer };
};

/** The most that the module looks at in one call. */
export const PIECE_BYTES = 64 * 1024;

/** It looks at so many bytes at a time. */
const STEP_BYTES = 64;

/** Line feeds outside quotes in one piece, and whether the piece ends inside quotes. */
export interface Counted {
	readonly found: number;
	readonly inside: number;
}

const wasm = load();

/** Where the last call of `findMarks` found commas, line feeds and quotes, in order, until the next call. */
export const { places } = wasm;

/** Counts in a piece of at most `PIECE_BYTES`; `insideQuotes` is 1 where it begins inside quotes. */
export function countLines(piece: Uint8Array, insideQuotes: number): Counted {
	const answer = Number(wasm.count(put(piece), insideQuotes));
	return { found: answer >>> 1, inside: answer & 1 };
}

/** Looks through a piece of at most `PIECE_BYTES` for `places`; returns how many there are. */
export function findMarks(piece: Uint8Array): number {
	return Number(wasm.marks(put(piece)));
}

function load() {
	const instance = new WebAssembly.Instance(new WebAssembly.Module(Buffer.from(ASSEMBLED, 'base64')));
	const { memory, count, marks } = instance.exports;
	if (!(memory instanceof WebAssembly.Memory) || typeof count !== 'function' || typeof marks !== 'function')
		throw new Error('csvBytes.wat has changed');
	const bytes = new Uint8Array(memory.buffer, 0, PIECE_BYTES);
	return { bytes, places: new Int32Array(memory.buffer, PIECE_BYTES, PIECE_BYTES), count, marks };
}

/** Where the piece ends in the module's memory, in whole steps. */
function put(piece: Uint8Array): number {
	const end = Math.ceil(piece.length / STEP_BYTES) * STEP_BYTES;
	wasm.bytes.set(piece);
	wasm.bytes.fill(0, piece.length, end);
	return end;
}
