import type {
	IAuthenticateGeneric,
	IAuthenticateRuleResponseCode,
	ICredentialDataDecryptedObject,
	ICredentialTestRequest,
	ICredentialType,
	Icon,
	IHttpRequestHelper,
	INodeProperties,
} from 'n8n-workflow';
import { MAY_LIST } from '../core/domo/hintTexts';
import { mintToken } from '../core/domo/token';
import { formatMessageAndHint, WritebackError } from '../core/support/errors';
import { postForm } from '../nodes/shared/domoTokenRequest';

/** What the test says when Domo answers with a status; n8n would only name the status. */
function refused(value: number, what: string, hint: string): IAuthenticateRuleResponseCode {
	return { type: 'responseCode', properties: { value, message: `${what}. ${hint}` } };
}

/** A Domo API client: its ID and secret are exchanged for a token that n8n keeps, encrypted, until Domo refuses it. */
export class DomoClientApi implements ICredentialType {
	name = 'domoClientApi';

	displayName = 'Domo Client API';

	icon: Icon = {
		light: 'file:../nodes/DomoWriteback/domoWriteback.svg',
		dark: 'file:../nodes/DomoWriteback/domoWriteback.dark.svg',
	};

	documentationUrl = 'https://www.npmjs.com/package/n8n-nodes-domo-writeback#domo-client-api';

	properties: INodeProperties[] = [
		{
			displayName: 'Client ID',
			name: 'clientId',
			type: 'string',
			default: '',
			required: true,
			description:
				'ID of an API client with the scope "data". In Domo, see Admin → Authentication → API Clients, or the older developer.domo.com → My Account → Manage Clients.',
		},
		{
			displayName: 'Client Secret',
			name: 'clientSecret',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			required: true,
			description: 'Domo shows it once, when the client is created. If it is lost, create a new client.',
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
		const accessToken = await mintToken(client, postForm(this.helpers)).catch((fault: unknown) => {
			// The test of this credential shows a message and no description; the node finds the fault as the cause.
			throw fault instanceof WritebackError ? new Error(formatMessageAndHint(fault), { cause: fault }) : fault;
		});
		return { accessToken };
	}

	authenticate: IAuthenticateGeneric = {
		type: 'generic',
		properties: { headers: { Authorization: '=Bearer {{$credentials.accessToken}}' } },
	};

	/** Fetches a token, which tells most of what can be wrong, and lists one DataSet with it. */
	test: ICredentialTestRequest = {
		request: {
			// What follows the host does no harm, as when the node runs.
			baseURL:
				'={{ $credentials.apiHost.trim().replace(/^(?![a-z]+:)/i, "https://").replace(/^([a-z]+:[/]+[^/?#]+)[^]*$/i, "$1") }}',
			url: '/v1/datasets',
			qs: { limit: 1 },
			// The status tells all; n8n would read a body whole, however long it is.
			encoding: 'stream',
		},
		rules: [
			refused(401, 'Domo issued a token and then refused it', 'Test again in a minute.'),
			refused(403, 'Domo lets this client in, but does not let it list DataSets', MAY_LIST),
			refused(404, "There is no Domo API at 'API Host'", 'It should be https://api.domo.com.'),
			...[408, 429, 500, 502, 503, 504].map((status) =>
				refused(status, `Domo is not available at the moment (status ${status})`, 'Test again in a few minutes.'),
			),
		],
	};
}
