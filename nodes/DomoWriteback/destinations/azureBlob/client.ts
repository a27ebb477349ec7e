import { AnonymousCredential, BlobServiceClient, newPipeline, StorageRetryPolicyType } from '@azure/storage-blob';
import type { AzureAccount } from './azureBlob';

/** Tries of one request, with growing waits: about half a minute in all. */
const REQUEST_TRIES = 5;

/** The service client of an account; every request carries the SAS. */
export function serviceClient({ endpoint, sas }: AzureAccount): BlobServiceClient {
	const pipeline = newPipeline(new AnonymousCredential(), {
		retryOptions: {
			retryPolicyType: StorageRetryPolicyType.EXPONENTIAL,
			maxTries: REQUEST_TRIES,
			retryDelayInMs: 500,
			maxRetryDelayInMs: 8_000,
		},
		userAgentOptions: { userAgentPrefix: 'n8n-nodes-domo-writeback' },
	});
	return new BlobServiceClient(`${endpoint}?${sas.token}`, pipeline);
}
