import { routeCase } from "../case";

export default routeCase({ arrange: ({ issuer }) => issuer.setKeys({ keys: [] }) });
