/** What to do, said in one way wherever it helps. */

/** Where a user finds API clients. Domo is removing the older way, which is named second. */
export const API_CLIENTS =
	'Domo → Admin → Authentication → API Clients, or the older developer.domo.com → Manage Clients';

/** A client keeps the scopes it was made with. */
export const NEW_CLIENT = `An API client cannot be edited: create a new one with the scope "data" (${API_CLIENTS}), and enter its 'Client ID' and 'Client Secret' in the Domo credential.`;

export const MAY_LIST = `The client's user needs a role that can see DataSets, and the client needs the scope "data". ${NEW_CLIENT}`;

export const CHECK_CLIENT = `Check 'Client ID' and 'Client Secret' in the Domo credential against the API client (${API_CLIENTS}). Domo shows a secret only once: if it is lost, or the client was made without the scope "data", create a new client.`;

export const CHECK_API_HOST =
	"Check 'API Host' in the Domo credential (usually https://api.domo.com, not the address of your Domo instance), and whether a proxy or an IP allow list (Domo → Admin → Security) blocks n8n's requests.";

export const COPY_ID =
	'Open the DataSet in Domo and copy the ID that follows "datasources/" in the address of the page, e.g. 845305d8-da3d-4107-a9d6-13ef3f86d4a4.';

export const EXPORT_REFUSED =
	"The client and its token are valid: Domo has just described this DataSet to them. Sign in to Domo as the client's user and export the DataSet there. If that works, give Domo Support the DataSet's ID and the status.";

export const LATER = 'Try again in a few minutes.';
