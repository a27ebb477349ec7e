import type { ByteStream } from '../support/byteStream';
import { WritebackError } from '../support/errors';
import type { ContentMac } from '../support/hashing/contentMac';

export type DestinationKind = 'sftp' | 'azureBlob' | 'binary';

/** The one path or blob that a writeback writes. */
export interface Target {
	/** Folder below the server's root (leading `/`) or the login folder; empty for the login folder or a container's top. No trailing `/`. Binary data: the field that the file is put into. */
	readonly folder: string;
	/** A single name, without any folder. */
	readonly fileName: string;
	/** Whether a missing folder is made. */
	readonly createFolders: boolean;
	/** Whether a file that already has the name is replaced. If not, `openUpload` or, when it appears later, `commit` rejects with `targetExists`. */
	readonly replace: boolean;
	/** Whether all that was stored is compared with what was sent before it is published. */
	readonly verifyContent: boolean;
	/** Whether many bytes are expected, so that a destination may prepare for them. */
	readonly isLarge: boolean;
	/** SFTP only: what a file is called until it is complete. A hidden file beside the target when absent. */
	readonly temporary?: Temporary;
	readonly attributes: Attributes;
}

/** What a file is called until it is complete; `none` writes to the target itself, which readers then see grow. */
export type Temporary =
	| { readonly kind: 'hidden' | 'suffix' | 'none' }
	/** As `suffix`, in another folder, whose path is like that of a target. */
	| { readonly kind: 'folder'; readonly folder: string };

/** What a file says about itself beside its content. A destination leaves out what it has no place for. */
export interface Attributes {
	/** Azure: kept in the metadata. */
	readonly dataSetId: string;
	/** When the data was current. SFTP: set as the modified time. Azure: kept in the metadata. Left alone when absent. */
	readonly asOf?: Date;
	/** When Domo says the data is from. Azure only: kept in the metadata. */
	readonly dataCurrentAt?: Date;
	/** Rows that Domo lists. Azure only: kept in the metadata. */
	readonly rows?: number;
	/** Tells which of them are written; absent for all. Azure only: kept in the metadata. */
	readonly selection?: string;
	/** SFTP only: set as the time of access together with `asOf`, which has no place for more (dataVersion.ts). */
	readonly fingerprint?: number;
	/** SFTP only, e.g. 0o640; the server's own choice when absent. */
	readonly permissions?: number;
	/** Azure and binary data. */
	readonly contentType: string;
	/** From here on Azure Blob Storage only. */
	readonly cacheControl?: string;
	/** The account's own choice when absent. */
	readonly accessTier?: 'Hot' | 'Cool' | 'Cold' | 'Archive';
	/** Names are C# identifiers. */
	readonly metadata: Readonly<Record<string, string>>;
	readonly tags: Readonly<Record<string, string>>;
}

/** What names a file. */
export type Name = Pick<Target, 'folder' | 'fileName'>;

/** A file that is there already. */
export interface ExistingFile {
	/** Absent when the destination does not say. */
	readonly bytes?: number;
	/** What its attributes say; to the second on SFTP. Absent when it says nothing (a blob of another writer). */
	readonly asOf?: Date;
	/** From here on Azure only; absent for a blob of another writer. */
	readonly dataSetId?: string;
	readonly dataCurrentAt?: Date;
	readonly rows?: number;
	readonly selection?: string;
	/** SFTP only; absent when the file was read or written by others since. */
	readonly fingerprint?: number;
}

/** One place files are put, reached once and shared by every item of an execution. */
export interface Destination {
	/** What the user should know about this place, whatever is written to it; sentences without any secret. */
	readonly warnings: readonly string[];
	/** How a receipt names the target, e.g. `sftp://host:22/folder/file.csv`. Holds no secret. */
	describe(target: Name): string;
	/** Equal for two names that may be one file there, however they are written; also between destinations of the same kind. Holds no secret. */
	identify(target: Name): string;
	/** Starts to connect, ahead of the first use, and stops when `signal` does. Never rejects: what fails is the fault of the first use. */
	connectAhead?(signal: AbortSignal): void;
	/** What has the target's name now; undefined when nothing has. Rejects when that cannot be seen (on Azure the SAS needs Read). */
	stat(target: Name, signal: AbortSignal): Promise<ExistingFile | undefined>;
	/** Starts one upload. Rejects when the target cannot be written: leaving nothing behind, or with `OpenFailedWithLeftover`. */
	openUpload(target: Target, signal: AbortSignal): Promise<Upload>;
	/** Ends the connection. Never rejects. */
	close(): Promise<void>;
}

/** One file on its way. Until `commit()` the target is as it was, absent or holding its previous content; unless it is written in place. */
export interface Upload {
	/** Stores all of `body` out of readers' sight; resolves to the number of bytes the destination says it holds. */
	write(body: ByteStream): Promise<number>;
	/** Whether `verify` is to be called: what is stored can be read before it is published, and is to be. */
	readonly readsBack: boolean;
	/** After `write`, where it `readsBack`: compares all that is stored with what `sent` has taken in. Rejects with `incomplete` when they differ. */
	verify(sent: ContentMac): Promise<void>;
	/**
	 * Puts the stored bytes under the target name in one step. Rejects with `CommitOutcomeUnknown` when it isn't known whether that was done.
	 * A file that is not `isCurrent` may lack rows: it gets nothing that tells which data it holds.
	 */
	commit(isCurrent?: boolean): Promise<void>;
	/**
	 * Drops the stored bytes. Never touches the target, so it is safe after a failed `commit()`. Never rejects; resolves to what could not
	 * be removed, for the message.
	 */
	abort(): Promise<string | undefined>;
	/** After a failure: what became of a target that was written in place; undefined when it is as it was. */
	spoiled?(): string | undefined;
	/** After `commit()`: what is worth telling about it. */
	result(): UploadResult;
}

export interface UploadResult {
	/** What earlier writebacks to this target had left behind and is removed now. */
	readonly removed: readonly string[];
	/** Sentences about what the destination would not do or did another way. */
	readonly notes: readonly string[];
	/** What was compared with what had been sent: the size, samples of every block, or all of it. */
	readonly verifiedBy: 'size' | 'sampled' | 'content';
}

/** An upload that could not be opened, and the name of what it may have left at the destination. */
export class OpenFailedWithLeftover extends WritebackError {
	constructor(
		fault: WritebackError,
		readonly leftover: string,
	) {
		super(fault.reason, fault.message, fault);
	}
}

/** A publication that broke off: the target may hold the new file, and the hint says so. */
export class CommitOutcomeUnknown extends WritebackError {}
