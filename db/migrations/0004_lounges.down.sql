alter table lounges drop constraint lounges_slug_form, drop column archived_at;
