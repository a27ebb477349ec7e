import { OURS } from '../subjects/subject';

/** What must be reached: a ratio to a peer, or a figure of ours. */
export interface Bar {
	/** The peer whose ratio it is about, `ours`, or another figure of the case. */
	readonly of: string;
	readonly least?: number;
	readonly most?: number;
	/** Set only where it depends on whether our process has SHA instructions. */
	readonly hasSha?: boolean;
}

export const PUT = 'ssh2-sftp-client put';
export const RCLONE = 'rclone copyurl';
export const OPENSSH = 'OpenSSH sftp';
export const CAT = 'curl | ssh cat';
/** Ours with a part taken out, for what that part costs. */
export const UNHASHED = 'ours without SHA-256';
export const PLAIN = 'ours, plain';
/** Ours at the same size without a round trip, for what distance costs. */
export const LOOPBACK = 'ours, on one machine';
export const LOOPBACK_WITHOUT_SHA = 'ours, on one machine, without SHA instructions';
export const AZCOPY_PIPE = 'azcopy';
export const UPLOAD_STREAM = 'SDK uploadStream';
/** Of a case whose other figures are nearer. */
export const FAR_OPENSSH = `ours ÷ ${OPENSSH}, 100 ms away`;
/** The same transfers' resident memory, smallest to largest file. */
export const MEMORY_SPAN = 'between 64 MiB and 8 GiB';

/** What is written in the case `format`, and by whom else. */
export const PASS = 'pass-through';
export const CSV = 're-delimited CSV';
export const FILTERED = 'CSV, filtered';
export const JSON_LINES = 'JSON Lines';
export const GZIP = 'gzip';
export const PGP = 'PGP';
export const PARQUET = 'Parquet';
export const ALONE = 'the transfer alone';
export const BINARY = 'binary, filesystem mode';
export const NODE_STREAMS = "Node's own streams";
export const MLR_CSV = 'mlr --ocsv';
export const MLR_FILTER = 'mlr filter';
export const MLR_JSON = 'mlr --ojsonl';
export const GZIP_6 = 'gzip -6';
export const GPG = 'gpg --encrypt';
export const DUCKDB = 'DuckDB COPY';
export const CSV_SPEED = `${CSV}, MB/s`;
export const FILTERED_SPEED = `${FILTERED}, MB/s`;
export const FILTERED_RATIO = `${FILTERED} ÷ ${PASS}`;
export const GZIP_RATIO = `${GZIP}: ours ÷ ${GZIP_6}`;
export const BINARY_RATIO = `${BINARY}: ours ÷ ${NODE_STREAMS}`;
export const FORMAT_LOOP = "slowest format's p99 of the event loop, ms";
export const FORMAT_MEMORY = 'most that a peak is higher at 2 GiB than at 64 MiB, MiB';

const AZURE: readonly Bar[] = [
	{ of: AZCOPY_PIPE, least: 2.3, hasSha: true },
	{ of: AZCOPY_PIPE, least: 2, hasSha: false },
	{ of: UPLOAD_STREAM, least: 1.1 },
];

/** By case, as the issues that asked for them set them. */
const BARS: Readonly<Record<string, readonly Bar[]>> = {
	'sftp-wan': [
		{ of: PUT, least: 30 },
		{ of: RCLONE, least: 4.5 },
		{ of: OPENSSH, least: 1.7 },
		{ of: LOOPBACK, least: 0.6, hasSha: true },
		{ of: LOOPBACK_WITHOUT_SHA, least: 0.9, hasSha: false },
	],
	'sftp-wan100': [
		{ of: RCLONE, least: 6 },
		{ of: OPENSSH, least: 3 },
	],
	'sftp-lan': [
		{ of: PUT, least: 30 },
		{ of: RCLONE, least: 1.1, hasSha: true },
		{ of: RCLONE, least: 0.75, hasSha: false },
		{ of: CAT, least: 0.5 },
	],
	azure: AZURE,
	'azure-wan': AZURE,
	small: [
		{ of: PUT, least: 20 },
		{ of: RCLONE, least: 40 },
	],
	memory: [
		{ of: OURS, most: 160 },
		{ of: MEMORY_SPAN, most: 64 },
	],
	slow: [{ of: OURS, most: 0.5 }],
	loop: [
		{ of: OURS, most: 18, hasSha: true },
		{ of: OURS, most: 20, hasSha: false },
	],
	rows: [{ of: OURS, most: 12 }],
	growth: [{ of: OURS, most: 10 }],
	rtt: [
		{ of: PUT, least: 30 },
		{ of: RCLONE, least: 2 },
		{ of: OPENSSH, least: 1.7 },
		{ of: FAR_OPENSSH, least: 3 },
	],
	format: [
		{ of: ALONE, least: 0.98 },
		{ of: GZIP_RATIO, least: 0.9 },
		{ of: CSV_SPEED, least: 60 },
		{ of: FILTERED_SPEED, least: 80, hasSha: true },
		{ of: FILTERED_RATIO, least: 0.6 },
		{ of: BINARY_RATIO, least: 0.9 },
		{ of: FORMAT_LOOP, most: 30 },
		{ of: FORMAT_MEMORY, most: 64 },
	],
};

/** Those of a case that hold for a process with SHA instructions, or without. */
export function barsOf(name: string, hasSha: boolean): readonly Bar[] {
	return (BARS[name] ?? []).filter((bar) => bar.hasSha === undefined || bar.hasSha === hasSha);
}

export function isMet({ least, most }: Bar, value: number): boolean {
	return value >= (least ?? -Infinity) && value <= (most ?? Infinity);
}

/** `≥ 30` or `≤ 25`. */
export function barText({ least, most }: Bar): string {
	return [least === undefined ? '' : `≥ ${least}`, most === undefined ? '' : `≤ ${most}`].join(' ').trim();
}
