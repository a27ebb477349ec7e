/** One file that was written. */
export interface WrittenFile {
	readonly fileName: string;
	/** `sftp://host:port/path` or the blob's https address, without any secret. */
	readonly target: string;
	/** Of the file as it was stored. */
	readonly bytes: number;
	/** Rows in it, header not included. */
	readonly rows: number;
	/** Of the file as it was stored, in lower-case hex. */
	readonly sha256: string;
	/** Of the data before it was compressed or encrypted; absent when it was not. */
	readonly contentBytes?: number;
	readonly contentSha256?: string;
}
