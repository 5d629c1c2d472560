import { isSameIssuer, issuerMeant } from "./issuer-choice";

const issuer = "https://as.example.com/t";
const appended = `${issuer}/.well-known/openid-configuration`;
const inserted = "https://as.example.com/.well-known/oauth-authorization-server/t";

test.each([appended, inserted, issuer])(
  "An address at which discovery looks for an issuer stands for it: %s",
  (address) => {
    expect(issuerMeant(address)).toBe(issuer);
    expect(isSameIssuer(address, `${issuer}/`)).toBe(true);
  },
);

test.each([
  `${appended}?p=other`,
  `${appended}#x`,
  "https://as.example.com/a/.well-known/openid-configuration/b",
  "https://user@as.example.com/.well-known/openid-configuration",
  `${issuer}/.well-known/other`,
])("An address at which discovery looks for no issuer stands for itself: %s", (address) => {
  expect(issuerMeant(address)).toBe(address);
  expect(isSameIssuer(address, issuer)).toBe(false);
});
