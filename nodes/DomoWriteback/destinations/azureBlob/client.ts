import { AnonymousCredential, BlobServiceClient, newPipeline, StorageRetryPolicyType } from '@azure/storage-blob';
import type { AzureAccount } from './azureBlob';

/** The service client of an account; every request carries the SAS and is sent once (`again` repeats it). */
export function serviceClient({ endpoint, sas }: AzureAccount): BlobServiceClient {
	const pipeline = newPipeline(new AnonymousCredential(), {
		// The SDK's own policy leaves out 408, 429, 502 and 504, and has no limit for a single try.
		retryOptions: { retryPolicyType: StorageRetryPolicyType.FIXED, maxTries: 1 },
		userAgentOptions: { userAgentPrefix: 'n8n-nodes-domo-writeback' },
	});
	return new BlobServiceClient(`${endpoint}?${sas.token}`, pipeline);
}
