import type { ICredentialsDecrypted, ICredentialTestFunctions, INodeCredentialTestResult } from 'n8n-workflow';

import { azureSecrets } from '../../../core/destinations/azureBlob/account';
import { sanitize, WritebackError } from '../../../core/support/errors';
import { createRedactor } from '../../../core/support/redact/redactor';
import { azureFields, sftpFields, sftpSecrets } from '../../shared/credentialFields';
import { faultText } from '../../shared/nodeError';

/** How long the server may take for SFTP to begin; connecting and the login have limits of their own, which say what it did not do. */
const IDLE_MS = 15_000;

/** Longer than all these limits together. */
const TEST_MS = 120_000;

/** Logs in to the SFTP server and opens SFTP. */
export async function sftpWritebackApiTest(
	this: ICredentialTestFunctions,
	credential: ICredentialsDecrypted,
): Promise<INodeCredentialTestResult> {
	const fields = { ...sftpFields(credential.data ?? {}), idleMs: IDLE_MS, connections: 'auto' as const };
	return await tested(sftpSecrets(fields), async () => {
		const { trySftp } = await import('../../../core/destinations/sftp/destination');
		await trySftp(fields, AbortSignal.timeout(TEST_MS)).catch((fault: unknown) => {
			throw fault instanceof WritebackError && fault.reason === 'cancelled' ? tooLong(fields.hostname) : fault;
		});
		return 'Logged in, and SFTP is open';
	});
}

/** Reads the token's text and, for an account SAS, asks Azure. A token without list rights passes. */
export async function azureBlobSasApiTest(
	this: ICredentialTestFunctions,
	credential: ICredentialsDecrypted,
): Promise<INodeCredentialTestResult> {
	const fields = azureFields(credential.data ?? {});
	return await tested(azureSecrets(fields), async () => {
		const { tryAccount } = await import('../../../core/destinations/azureBlob/containers');
		const outcome = await tryAccount(fields);
		return outcome === 'tried'
			? 'Azure accepts this token'
			: 'This token gives access to one container. Its text is valid; Azure checks it when the node runs.';
	});
}

/** Nobody stopped the test: time did. */
function tooLong(hostname: string): WritebackError {
	return new WritebackError(
		'destinationInterrupted',
		`SFTP server ${sanitize(hostname)} did not finish the login in time`,
		{
			hint: 'Other logins to it may be waiting, too. Save the credential, and try again later.',
		},
	);
}

async function tested(secrets: readonly string[], attempt: () => Promise<string>): Promise<INodeCredentialTestResult> {
	try {
		return { status: 'OK', message: await attempt() };
	} catch (fault) {
		return { status: 'Error', message: faultText(fault, createRedactor(secrets)) };
	}
}
