/** What to do, said in one way wherever it helps. */

export const CHECK_CLIENT =
	'Check Client ID and Client Secret in the Domo credential; the client needs the scope "data" (developer.domo.com → Manage Clients).';

export const CHECK_API_HOST =
	'Check API Host in the Domo credential (usually https://api.domo.com, not the address of your Domo instance), and whether a proxy or an IP allow list (Domo → Admin → Security) stands between n8n and Domo.';

export const COPY_ID =
	'Open the DataSet in Domo and copy the ID that follows "datasources/" in the address of the page, e.g. 845305d8-da3d-4107-a9d6-13ef3f86d4a4.';

export const LATER = 'Run it again in a few minutes; the target is unchanged.';
