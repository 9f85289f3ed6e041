# {{ environment }}, written by cachewright: change the definition, not this file.
{%- for variable in variables %}

variable "{{ variable.name }}" {
  description = {{ variable.description }}
  type        = {{ variable.kind }}
{%- if let Some(default) = variable.default %}
  default     = {{ default }}
{%- endif %}

  validation {
    condition     = {{ variable.condition }}
    error_message = {{ variable.error_message }}
  }
}
{%- endfor %}

