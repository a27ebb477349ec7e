import { domoClient } from '../../sandbox/domo/client';
import type { DomoDouble } from '../../sandbox/domo/domo';
import type { RunningProcess } from '../../sandbox/process';

/** Domo's double in another process. */
export interface Domo extends Pick<DomoDouble, 'url' | 'clientId' | 'clientSecret'> {
	/** A new `Bearer …`, for clients that cannot log in by themselves. */
	authorization(): Promise<string>;
	/** Where a whole DataSet is exported. */
	exportUrl(dataSetId: string): string;
}

/** Reads what the process printed when it was ready. */
export function domoProcess(started: RunningProcess): Domo {
	const told: Pick<DomoDouble, 'url' | 'clientId' | 'clientSecret'> = JSON.parse(started.log());
	return {
		...told,
		authorization: async () => {
			const client = domoClient(told);
			await client.login();
			return client.authorization;
		},
		exportUrl: (dataSetId) => `${told.url}/v1/datasets/${dataSetId}/data?includeHeader=true`,
	};
}
