import type {
	IAuthenticateGeneric,
	ICredentialDataDecryptedObject,
	ICredentialTestRequest,
	ICredentialType,
	Icon,
	IHttpRequestHelper,
	INodeProperties,
} from 'n8n-workflow';

import { mintToken } from '../nodes/DomoWriteback/domo/token';
import { postForm } from '../nodes/DomoWriteback/postForm';

/** A Domo API client: its ID and secret are exchanged for a token that n8n keeps, encrypted, until Domo refuses it. */
export class DomoClientApi implements ICredentialType {
	name = 'domoClientApi';

	displayName = 'Domo Client API';

	icon: Icon = {
		light: 'file:../nodes/DomoWriteback/domoWriteback.svg',
		dark: 'file:../nodes/DomoWriteback/domoWriteback.dark.svg',
	};

	documentationUrl = 'https://developer.domo.com/portal/1845fc11bbe5d-api-authentication';

	properties: INodeProperties[] = [
		{
			displayName: 'Client ID',
			name: 'clientId',
			type: 'string',
			default: '',
			required: true,
			description: 'From developer.domo.com → My Account → Manage Clients. The client needs the scope "data".',
		},
		{
			displayName: 'Client Secret',
			name: 'clientSecret',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			required: true,
			description: 'Shown beside the Client ID in Manage Clients',
		},
		{
			displayName: 'API Host',
			name: 'apiHost',
			type: 'string',
			default: 'https://api.domo.com',
			placeholder: 'e.g. https://api.domo.com',
			description: "Domo's API, not the address of your Domo instance",
		},
		{
			displayName: 'Access Token',
			name: 'accessToken',
			type: 'hidden',
			typeOptions: { expirable: true, password: true },
			default: '',
		},
	];

	/** Mints a token when there is none yet or Domo refused the last one; n8n stores it with the credential, for every execution and worker. */
	async preAuthentication(this: IHttpRequestHelper, credentials: ICredentialDataDecryptedObject) {
		const client = {
			apiHost: String(credentials.apiHost),
			clientId: String(credentials.clientId),
			clientSecret: String(credentials.clientSecret),
		};
		return { accessToken: await mintToken(client, postForm(this.helpers)) };
	}

	authenticate: IAuthenticateGeneric = {
		type: 'generic',
		properties: { headers: { Authorization: '=Bearer {{$credentials.accessToken}}' } },
	};

	test: ICredentialTestRequest = {
		request: {
			baseURL: '={{ $credentials.apiHost.trim() }}',
			url: '/v1/datasets',
			qs: { limit: 1 },
		},
	};
}
