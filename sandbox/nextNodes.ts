import type { ParsedMail } from 'mailparser';
import { closable } from './cleanups';
import { type MailServer, startMailServer } from './mailServer';
import { type S3, startS3 } from './s3';
import type { SandboxCredential } from './sandbox';

/** Where the examples' next nodes hand binary files to. */
export interface NextNodes {
	readonly s3: S3;
	readonly mail: MailServer;
	readonly credentials: readonly SandboxCredential[];
	close(): Promise<void>;
}

/** `tell`, when given, gets each mail. */
export async function startNextNodes(tell?: (mail: ParsedMail) => void): Promise<NextNodes> {
	return await closable(async (endings) => {
		const s3 = await startS3();
		endings.push(s3.close);
		const mail = await startMailServer(tell);
		endings.push(mail.close);
		const credentials = [
			{ id: 's3Sandbox', name: 'S3 (sandbox)', type: 's3', data: s3.credential },
			{ id: 'mailSandbox', name: 'SMTP (sandbox)', type: 'smtp', data: mail.credential },
		];
		return { s3, mail, credentials };
	});
}
