import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import S3rver from '@20minutes/s3rver';

const BUCKET = 'domo-exports';

/** The only login that s3rver knows. */
const LOGIN = 'S3RVER';

/** A stand-in for an S3 service on 127.0.0.1, with one bucket. */
export interface S3 {
	/** Of n8n's credential `s3`. */
	readonly credential: {
		readonly endpoint: string;
		readonly region: string;
		readonly accessKeyId: string;
		readonly secretAccessKey: string;
		readonly forcePathStyle: boolean;
	};
	/** An object of the bucket over plain HTTP; undefined when there is none. */
	read(key: string): Promise<Buffer | undefined>;
	close(): Promise<void>;
}

export async function startS3(): Promise<S3> {
	const directory = await mkdtemp(join(tmpdir(), 's3-'));
	const options = { address: '127.0.0.1', port: 0, silent: true, resetOnClose: true };
	const server = new S3rver({ ...options, directory, configureBuckets: [{ name: BUCKET }] });
	const { address, port } = await server.run();
	const endpoint = `http://${address}:${port}`;
	return {
		credential: {
			endpoint,
			region: 'us-east-1',
			accessKeyId: LOGIN,
			secretAccessKey: LOGIN,
			forcePathStyle: true,
		},
		read: async (key) => {
			const path = key.split('/').map(encodeURIComponent).join('/');
			const answer = await fetch(`${endpoint}/${BUCKET}/${path}`);
			if (answer.status === 404) return undefined;
			if (!answer.ok) throw new Error(`${key}: ${answer.status}`);
			return Buffer.from(await answer.arrayBuffer());
		},
		close: async () => {
			await server.close();
			await rm(directory, { recursive: true, force: true });
		},
	};
}
