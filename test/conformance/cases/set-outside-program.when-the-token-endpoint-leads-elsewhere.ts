import { acceptedOf, profileCase } from "../case";

export default profileCase({
  judged: (issuer) => ({
    accepted: acceptedOf(issuer),
    setElsewhere: { tokenEndpoint: "https://evil.example.net/token" },
  }),
  write: () => ({}),
});
