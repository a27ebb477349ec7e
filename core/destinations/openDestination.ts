import type { Owner } from '../support/fairSemaphore';
import { type Redactor, createRedactor } from '../support/redact/redactor';
import type { AzureFields } from './azureBlob/destination';
import type { BinaryFields } from './binary/options';
import type { Destination } from './destination';
import type { EgressPolicy } from './egressPolicy';
import { createLoginHistory } from './sftp/connection/loginHistory';
import type { SftpFields } from './sftp/destination';

/** Where a writeback goes: the fields of one credential as the user typed them, and what belongs to them. */
export type DestinationOptions =
	| ({ readonly kind: 'sftp' } & SftpFields)
	| ({ readonly kind: 'azureBlob' } & AzureFields)
	| ({ readonly kind: 'binary' } & BinaryFields);

/** Checks the fields and hands out the destination; sends nothing yet. Rejects with `setting`, or `destinationLogin` for a SAS that its text shows to be expired. */
export type OpenDestination = (options: DestinationOptions, egress: EgressPolicy) => Promise<Destination>;

/** Opens the destinations of one execution, which share what they learn about logins, and one share of what the process has; `redactor` knows the execution's secrets, theirs included. */
export function destinationOpener(redactor: Redactor = createRedactor()): OpenDestination {
	const logins = createLoginHistory();
	const owner: Owner = {};
	return async (options, egress) => {
		// Loaded only here, so that a user of one destination never pays for the other's SDK.
		switch (options.kind) {
			case 'sftp': {
				const { openSftp } = await import('./sftp/destination');
				const destination = openSftp(options, egress, logins, owner, redactor);
				await destination.checked();
				return destination;
			}
			case 'azureBlob':
				return (await import('./azureBlob/destination')).openAzureBlob(options, egress, owner, redactor);
			case 'binary':
				return (await import('./binary/destination')).openBinary(options, owner);
		}
	};
}
