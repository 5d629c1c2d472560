import { routeCase } from "../case";

export default routeCase({
  arrange: ({ issuer }) =>
    issuer.setMetadata({ registration_endpoint: undefined, client_id_metadata_document_supported: true }),
});
