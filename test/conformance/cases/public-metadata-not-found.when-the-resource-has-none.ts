import { routeCase } from "../case";

export default routeCase({ arrange: ({ issuer, metadataPath }) => issuer.remove(metadataPath) });
