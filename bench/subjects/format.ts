import type { INodeParameters } from 'n8n-workflow';
import type { Digest } from '../../sandbox/domo/domo';
import type { Filter } from './ssh';

/** One way to write a DataSet, and the tool that is known for it. */
export interface Format {
	readonly name: string;
	/** The File Format pane of our node. */
	readonly fileFormat: INodeParameters;
	/** Its Rows pane; absent where every row is written. */
	readonly rows?: INodeParameters;
	/** Absent where nothing is done that a tool could do. */
	readonly peer?: { readonly name: string; readonly filter: Filter };
	/** Whether a file may be what becomes of the DataSet. */
	fits(file: FileEnd, dataSet: Digest): boolean;
}

export interface FileEnd {
	readonly bytes: number;
	/** The last of them, or all when there are fewer. */
	readonly end: Buffer;
}

/** How many bytes `end` has. */
export const END_BYTES = 8;

/** Bytes that change, but not in number. */
export const sameSize: Format['fits'] = ({ bytes }, dataSet) => bytes === dataSet.bytes;

/** About half of the rows, whole ones. */
export const halved: Format['fits'] = ({ bytes, end }, dataSet) =>
	bytes > 0.4 * dataSet.bytes && bytes < 0.6 * dataSet.bytes && end.toString().endsWith('\n');

/** The keys are in every row, and a row ends with its object. */
export const objects: Format['fits'] = ({ bytes, end }, dataSet) =>
	bytes > dataSet.bytes && end.toString().endsWith('}\n');

/** RFC 1952: the last four bytes tell how many were compressed, modulo 2³². */
export const gzipped: Format['fits'] = ({ bytes, end }, dataSet) =>
	bytes < dataSet.bytes && end.readUInt32LE(END_BYTES - 4) === dataSet.bytes % 2 ** 32;

/** RFC 9580: lengths in between, a session key in front, a checksum at the end. */
export const encrypted: Format['fits'] = ({ bytes }, dataSet) =>
	bytes > dataSet.bytes && bytes < 1.01 * dataSet.bytes + 4096;

/** parquet-format: the magic stands at both ends. */
export const parquet: Format['fits'] = ({ bytes, end }, dataSet) =>
	bytes < dataSet.bytes && end.toString().endsWith('PAR1');
