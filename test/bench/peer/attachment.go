package main

import (
	"context"
	"net/url"

	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/planmodifier"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/stringplanmodifier"
	"github.com/hashicorp/terraform-plugin-framework/types"
)

var idPath = path.Root("id")

type attachmentResource struct{ api *api }

type attachmentModel struct {
	ServerID       types.String `tfsdk:"server_id"`
	GatewayID      types.String `tfsdk:"gateway_id"`
	PublicID       types.String `tfsdk:"public_id"`
	ID             types.String `tfsdk:"id"`
	OrganizationID types.String `tfsdk:"organization_id"`
	MCPURL         types.String `tfsdk:"mcp_url"`
	CallbackURL    types.String `tfsdk:"callback_url"`
}

// attachmentDocument is an attachment as the API has it.
type attachmentDocument struct {
	GatewayID string `json:"gatewayId"`
	PublicID  string `json:"publicId,omitempty"`
}

func (*attachmentResource) Metadata(_ context.Context, _ resource.MetadataRequest, resp *resource.MetadataResponse) {
	resp.TypeName = "peer_server_gateway_attachment"
}

func (r *attachmentResource) Configure(_ context.Context, req resource.ConfigureRequest, _ *resource.ConfigureResponse) {
	r.api, _ = req.ProviderData.(*api)
}

func (*attachmentResource) Schema(_ context.Context, _ resource.SchemaRequest, resp *resource.SchemaResponse) {
	kept := stringplanmodifier.UseStateForUnknown()
	computed := schema.StringAttribute{Computed: true, PlanModifiers: []planmodifier.String{kept}}
	replacing := []planmodifier.String{stringplanmodifier.RequiresReplace()}
	resp.Schema = schema.Schema{Attributes: map[string]schema.Attribute{
		"server_id":       schema.StringAttribute{Required: true, PlanModifiers: replacing},
		"gateway_id":      schema.StringAttribute{Required: true},
		"public_id":       schema.StringAttribute{Optional: true, Computed: true, PlanModifiers: []planmodifier.String{kept}},
		"id":              computed,
		"organization_id": computed,
		"mcp_url":         computed,
		"callback_url":    computed,
	}}
}

func (r *attachmentResource) Create(ctx context.Context, req resource.CreateRequest, resp *resource.CreateResponse) {
	var model attachmentModel
	resp.Diagnostics.Append(req.Plan.Get(ctx, &model)...)
	if resp.Diagnostics.HasError() {
		return
	}
	if err := r.put(ctx, &model); err != nil {
		resp.Diagnostics.AddError("The server was not attached", err.Error())
		return
	}
	resp.Diagnostics.Append(resp.State.Set(ctx, &model)...)
}

func (r *attachmentResource) Read(ctx context.Context, req resource.ReadRequest, resp *resource.ReadResponse) {
	var model attachmentModel
	resp.Diagnostics.Append(req.State.Get(ctx, &model)...)
	if resp.Diagnostics.HasError() {
		return
	}
	var read attachmentDocument
	found, err := r.api.call(ctx, "GET", attachmentPath(model), nil, &read)
	if err != nil {
		resp.Diagnostics.AddError("The attachment could not be read", err.Error())
		return
	}
	if !found || read.GatewayID == "" {
		resp.State.RemoveResource(ctx)
		return
	}
	r.taken(&model, read)
	resp.Diagnostics.Append(resp.State.Set(ctx, &model)...)
}

func (r *attachmentResource) Update(ctx context.Context, req resource.UpdateRequest, resp *resource.UpdateResponse) {
	var model attachmentModel
	resp.Diagnostics.Append(req.Plan.Get(ctx, &model)...)
	if resp.Diagnostics.HasError() {
		return
	}
	if err := r.put(ctx, &model); err != nil {
		resp.Diagnostics.AddError("The attachment was not updated", err.Error())
		return
	}
	resp.Diagnostics.Append(resp.State.Set(ctx, &model)...)
}

func (r *attachmentResource) Delete(ctx context.Context, req resource.DeleteRequest, resp *resource.DeleteResponse) {
	var model attachmentModel
	resp.Diagnostics.Append(req.State.Get(ctx, &model)...)
	if _, err := r.api.call(ctx, "DELETE", attachmentPath(model), nil, nil); err != nil {
		resp.Diagnostics.AddError("The server was not detached", err.Error())
	}
}

func (r *attachmentResource) put(ctx context.Context, model *attachmentModel) error {
	document := attachmentDocument{GatewayID: model.GatewayID.ValueString(), PublicID: model.PublicID.ValueString()}
	var put attachmentDocument
	if _, err := r.api.call(ctx, "PUT", attachmentPath(*model), document, &put); err != nil {
		return err
	}
	r.taken(model, put)
	return nil
}

func (r *attachmentResource) taken(model *attachmentModel, document attachmentDocument) {
	route := r.api.base + "/api/v1/gateway/" + document.PublicID
	model.ID = model.ServerID
	model.OrganizationID = types.StringValue(r.api.organization)
	model.GatewayID = types.StringValue(document.GatewayID)
	model.PublicID = types.StringValue(document.PublicID)
	model.MCPURL = types.StringValue(route + "/mcp")
	model.CallbackURL = types.StringValue(route + "/oauth/callback")
}

func attachmentPath(model attachmentModel) string {
	return "mcp-servers/" + url.PathEscape(model.ServerID.ValueString()) + "/gateway"
}
