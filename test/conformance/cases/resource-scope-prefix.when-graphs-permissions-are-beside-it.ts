import { entraCase } from "../case";

export default entraCase({ scopes: (api) => ["openid", `${api}/orders.read`, "User.Read"], servers: [] });
