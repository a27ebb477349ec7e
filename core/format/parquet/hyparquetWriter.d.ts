// hyparquet-writer exports these modules with their types, but only by `exports`, which TypeScript does not read for CommonJS (node10).

declare module 'hyparquet-writer/src/datapage.js' {
	import type { PageHeader } from 'hyparquet';
	import type { Writer } from 'hyparquet-writer';
	export function writePageHeader(writer: Writer, header: PageHeader): void;
}

declare module 'hyparquet-writer/src/encoding.js' {
	import type { Writer } from 'hyparquet-writer';
	export function writeRleBitPackedHybrid(writer: Writer, values: ArrayLike<number>, bitWidth: number): number;
}

declare module 'hyparquet-writer/src/snappy.js' {
	export function snappyCompress(input: Uint8Array): Uint8Array;
}
