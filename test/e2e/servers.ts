import { digest } from '../../sandbox/domo/domo';
import type { Digest } from '../../sandbox/domo/domo';
import type { Sandbox, SandboxCredential } from '../../sandbox/sandbox';
import { standardDataSets } from '../../sandbox/sandbox';

const DATA_SETS = new Map(standardDataSets().map((dataSet) => [dataSet.id, dataSet]));

/** What Domo's double serves for a DataSet, worked out without it. */
export async function servedFor(id: string): Promise<Digest> {
	const dataSet = DATA_SETS.get(id);
	if (!dataSet) throw new Error(`The sandbox has no DataSet ${id}`);
	return digest(dataSet);
}

/** The SFTP server's credential with the host key of another. */
export function otherHostKey({ credentials }: Sandbox): SandboxCredential {
	const sftp = credentials.find(({ type }) => type === 'sftpWritebackApi');
	if (!sftp) throw new Error('The sandbox has no SFTP credential');
	return { ...sftp, id: 'sftpOther', data: { ...sftp.data, hostKeyFingerprint: `SHA256:${'A'.repeat(43)}` } };
}

/** What may be stored encrypted only, and never shown. */
export function secretsOf({ credentials, sftp }: Sandbox): string[] {
	const texts = credentials
		.flatMap(({ data }) => [data.clientSecret, data.sasToken])
		.filter((text) => text !== undefined);
	const signatures = texts.map((text) => /sig=([^&]+)/.exec(String(text))?.[1] ?? String(text));
	const [, firstKeyLine = ''] = sftp.privateKey.split('\n');
	return [...signatures, ...signatures.map(decodeURIComponent), firstKeyLine];
}
