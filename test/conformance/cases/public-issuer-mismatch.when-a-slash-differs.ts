import { routeCase } from "../case";

export default routeCase({ arrange: ({ issuer }) => issuer.setMetadata({ issuer: `${issuer.url}/` }) });
