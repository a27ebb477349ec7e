/** What is stored: its chunks are asked for one at a time, and each belongs to the asker until it asks for the next. */
export type Body = AsyncIterable<Buffer>;

/** The one path or blob that a writeback writes. */
export interface Target {
	/** Folder below the server's root (leading `/`) or the login folder; empty for the login folder or a container's top. No trailing `/`. */
	readonly folder: string;
	/** A single name, without any folder. */
	readonly fileName: string;
	/** Whether a missing folder is made. */
	readonly createFolders: boolean;
}

/** One place files are put, reached once and shared by every item of an execution. */
export interface Destination {
	/** How a receipt names the target, e.g. `sftp://host:22/folder/file.csv`. Holds no secret. */
	describe(target: Target): string;
	/** Starts one upload. Rejects, leaving nothing behind, when the target cannot be written. */
	openUpload(target: Target, signal: AbortSignal): Promise<Upload>;
	/** Ends the connection. Never rejects. */
	close(): Promise<void>;
}

/** One file on its way. Until `commit()` the target is as it was: absent, or holding its previous content. */
export interface Upload {
	/** Stores all of `body` out of readers' sight; resolves to the number of bytes the destination says it holds. */
	write(body: Body): Promise<number>;
	/** Puts the stored bytes under the target name in one step. */
	commit(): Promise<void>;
	/**
	 * Drops the stored bytes. Never touches the target, so it is safe after a failed `commit()`. Never rejects; resolves to what could not
	 * be removed, for the message.
	 */
	abort(): Promise<string | undefined>;
	/** After `commit()`: what earlier writebacks to this target had left behind and is removed now. */
	removed(): readonly string[];
}
