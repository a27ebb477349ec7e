import type { ICredentialDataDecryptedObject, INodeParameters } from 'n8n-workflow';

/** What the bench asks of a process that runs our node. */
export interface WritebackJob {
	/** Folder of the built package. */
	readonly packageFolder: string;
	readonly credentials: Readonly<Record<string, ICredentialDataDecryptedObject>>;
	/** Of the one Domo Writeback node; expressions see `$json.dataSetId`. */
	readonly parameters: INodeParameters;
	/** One item each. */
	readonly dataSetIds: readonly string[];
	/** Also clocks the functions that count and hash. */
	readonly clockTally?: boolean;
	/** Takes the stage out that formats: what Domo sends goes straight into the upload. */
	readonly formatless?: boolean;
	/** Takes SHA-256 of nothing. */
	readonly hashless?: boolean;
	/** Where n8n keeps binary data; in memory when absent. */
	readonly binaryFolder?: string;
}

/** What one item's receipt says. */
export interface Receipt {
	readonly fileName: string;
	readonly bytes: number;
	readonly sha256: string;
	readonly durationMs: number;
	readonly rows: number;
	/** Absent where every row was written. */
	readonly rowsRead?: number;
	/** Of what was compressed or encrypted; absent when nothing was. */
	readonly contentSha256?: string;
}

export interface WritebackReport {
	readonly receipts: readonly Receipt[];
	/** From the start of the workflow to its end: token, connection and verification included, loading n8n not. */
	readonly wallMs: number;
	/** When the workflow ended, as `Date.now()`. */
	readonly endedAt: number;
	readonly cpuMs: number;
	/** Resident before the workflow, and at its highest while it ran; in bytes. */
	readonly residentBefore: number;
	readonly residentPeak: number;
	/** Interval of a 10 ms timer, in ms: idle reads 10. */
	readonly loopP50: number;
	readonly loopP99: number;
	readonly loopMax: number;
	/** How often V8 searched the whole heap for garbage, and how long the process stood still for it. */
	readonly fullCollections: number;
	readonly pausedMs: number;
	/** Time inside the functions that count and hash; 0 unless asked for. */
	readonly tallyMs: number;
	/** How many bytes those functions saw. */
	readonly tallyBytes: number;
}

/** What the bench asks of a process that does what n8n's FTP node does, or what the SDK's `uploadStream` does. */
export interface CopyJob {
	readonly downloads: ReadonlyArray<{ readonly url: string; readonly target: string }>;
	readonly authorization: string;
}

export interface FtpNodeJob extends CopyJob {
	/** Where ssh2-sftp-client is installed. */
	readonly peerFolder: string;
	/** For what n8n keeps as binary data between its two nodes. */
	readonly binaryFolder: string;
	readonly server: {
		readonly host: string;
		readonly port: number;
		readonly username: string;
		readonly privateKey: string;
	};
}

export interface CopyReport {
	readonly wallMs: number;
}

export type IdleReport = Pick<WritebackReport, 'loopP99'>;
