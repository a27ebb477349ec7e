/** Untyped: what is used of it. */
declare module '@20minutes/s3rver' {
	export default class S3rver {
		constructor(options: {
			readonly address: string;
			readonly port: number;
			readonly silent: boolean;
			readonly directory: string;
			readonly resetOnClose: boolean;
			readonly configureBuckets: ReadonlyArray<{ readonly name: string }>;
		});
		run(): Promise<{ readonly address: string; readonly port: number }>;
		close(): Promise<void>;
	}
}
