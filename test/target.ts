import type { Attributes, Target } from '../core/destinations/destination';

type Wish = Partial<Omit<Target, 'attributes'>> & { readonly attributes?: Partial<Attributes> };

/** A target as a workflow of defaults would have it, but for what is given. */
export function targetOf({ attributes, ...wish }: Wish = {}): Target {
	return {
		folder: '',
		fileName: 'file.csv',
		createFolders: true,
		replace: true,
		verifyContent: false,
		isLarge: false,
		...wish,
		attributes: {
			dataSetId: '0f7d0e5c-3ae5-4d6f-9b2a-5d7b3f6f1c11',
			contentType: 'text/csv; charset=utf-8',
			metadata: {},
			tags: {},
			...attributes,
		},
	};
}

/** `file.csv` in the login folder or at a container's top. */
export const TARGET = targetOf();
