import { Credentials } from 'n8n-core';
import { ICredentialsHelper } from 'n8n-workflow';
import type {
	ICredentialDataDecryptedObject,
	ICredentialType,
	ICredentialsExpressionResolveValues,
	IExecuteData,
	IHttpRequestHelper,
	IHttpRequestOptions,
	INode,
	INodeCredentialsDetails,
	INodeProperties,
	IRequestOptionsSimplified,
	IWorkflowExecuteAdditionalData,
	Workflow,
	WorkflowExecuteMode,
} from 'n8n-workflow';
import { authenticated, resolved } from './authenticate';

/** Credential data by type, as a user typed it, e.g. `{ domoClientApi: { clientId: '…', clientSecret: '…' } }`. */
export type CredentialsByType = Readonly<Record<string, ICredentialDataDecryptedObject>>;

/** n8n's credential store, with one credential of each type: what a node is given, and where a renewed token is kept. */
export class CredentialStore extends ICredentialsHelper {
	private readonly types: ReadonlyMap<string, ICredentialType>;
	private readonly saved = new Map<string, ICredentialDataDecryptedObject>();

	constructor(types: readonly ICredentialType[], credentials: CredentialsByType) {
		super();
		this.types = new Map(types.map((type) => [type.name, type]));
		for (const [type, data] of Object.entries(credentials)) this.save(type, data);
	}

	/** What is stored now, a renewed token included, unencrypted. */
	stored(type: string): ICredentialDataDecryptedObject {
		const data = this.saved.get(type);
		if (!data) throw new Error(`No credential of type "${type}" was given`);
		return structuredClone(data);
	}

	/** Replaces what is stored, as a user does who edits the credential. */
	save(type: string, data: ICredentialDataDecryptedObject): void {
		this.typeOf(type);
		this.saved.set(type, structuredClone(data));
	}

	/** What a node is given when no run asks: defaults filled in. */
	defaulted(type: string): ICredentialDataDecryptedObject {
		const asked = { mode: 'internal', run: undefined, executeData: undefined } as const;
		return resolved(this.getCredentialsProperties(type), this.stored(type), asked);
	}

	typeOf(name: string): ICredentialType {
		const type = this.types.get(name);
		if (!type) throw new Error(`Unknown credential type: ${name}`);
		return type;
	}

	getParentTypes(name: string): string[] {
		return this.types.get(name)?.extends ?? [];
	}

	isCredentialUsableByNode(): boolean {
		return true;
	}

	getCredentialsProperties(type: string): INodeProperties[] {
		return this.typeOf(type).properties;
	}

	async getCredentials(details: INodeCredentialsDetails, type: string): Promise<Credentials> {
		const credentials = new Credentials(details, type);
		await credentials.setData(this.stored(type));
		return credentials;
	}

	async updateCredentials(
		_: INodeCredentialsDetails,
		type: string,
		data: ICredentialDataDecryptedObject,
	): Promise<void> {
		this.save(type, data);
	}

	async updateCredentialsOauthTokenData(): Promise<void> {
		throw new Error('OAuth credentials are not part of this engine');
	}

	async getDecrypted(
		_data: IWorkflowExecuteAdditionalData,
		_details: INodeCredentialsDetails,
		type: string,
		mode: WorkflowExecuteMode,
		executeData?: IExecuteData,
		raw?: boolean,
		run?: ICredentialsExpressionResolveValues,
	): Promise<ICredentialDataDecryptedObject> {
		const stored = this.stored(type);
		return raw === true ? stored : resolved(this.getCredentialsProperties(type), stored, { mode, run, executeData });
	}

	async authenticate(
		credentials: ICredentialDataDecryptedObject,
		type: string,
		request: IHttpRequestOptions | IRequestOptionsSimplified,
		workflow?: Workflow,
		node?: INode,
	): Promise<IHttpRequestOptions> {
		return authenticated(this.typeOf(type).authenticate, credentials, { url: '', ...request }, workflow, node);
	}

	/** Fetches a token when there is none, when it was refused, or in a credential test, and stores it. */
	async preAuthentication(
		helpers: IHttpRequestHelper,
		credentials: ICredentialDataDecryptedObject,
		type: string,
		node: INode,
		expired: boolean,
	): Promise<ICredentialDataDecryptedObject | undefined> {
		const token = this.getCredentialsProperties(type).find(
			(property) => property.type === 'hidden' && property.typeOptions?.expirable === true,
		);
		const testing = node.parameters.temp === '' && node.type === 'n8n-nodes-base.noOp';
		if (!token || (credentials[token.name] !== '' && !expired && !testing)) return undefined;
		const output = await this.runPreAuthentication(helpers, credentials, type);
		if (output?.[token.name] === undefined || !node.credentials) return undefined;
		this.save(type, { ...this.stored(type), ...output });
		return Object.assign(credentials, output);
	}

	async runPreAuthentication(
		helpers: IHttpRequestHelper,
		credentials: ICredentialDataDecryptedObject,
		type: string,
	): Promise<ICredentialDataDecryptedObject | undefined> {
		const output = await this.typeOf(type).preAuthentication?.call(helpers, credentials);
		return output && definedOnly(output);
	}
}

function definedOnly(output: object): ICredentialDataDecryptedObject {
	return Object.fromEntries(Object.entries(output).filter(([, value]) => value !== undefined && value !== null));
}
