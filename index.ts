export { AzureBlobSasApi } from './credentials/AzureBlobSasApi.credentials';
export { DomoClientApi } from './credentials/DomoClientApi.credentials';
export { SftpWritebackApi } from './credentials/SftpWritebackApi.credentials';
export { Domo } from './nodes/Domo/Domo.node';
export { DomoDataSetTrigger } from './nodes/DomoDataSetTrigger/DomoDataSetTrigger.node';
export { DomoWriteback } from './nodes/DomoWriteback/DomoWriteback.node';
