{{- define "datamaker.name" -}}
{{- $own := ternary .Release.Name (printf "%s-datamaker" .Release.Name) (contains "datamaker" .Release.Name) -}}
{{- $own | trunc 40 | trimSuffix "-" -}}
{{- end -}}

{{/* What finds pods and never changes: dict "root" $ "component" text */}}
{{- define "datamaker.selector" -}}
app.kubernetes.io/name: datamaker
app.kubernetes.io/instance: {{ .root.Release.Name }}
app.kubernetes.io/component: {{ .component }}
{{- end -}}

{{- define "datamaker.labels" -}}
{{ include "datamaker.selector" . }}
app.kubernetes.io/version: {{ .root.Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .root.Release.Service }}
helm.sh/chart: {{ printf "%s-%s" .root.Chart.Name .root.Chart.Version | replace "+" "_" }}
{{- end -}}

{{- define "datamaker.serviceAccount" -}}
{{- .Values.serviceAccount.name | default (ternary (include "datamaker.name" .) "default" .Values.serviceAccount.create) -}}
{{- end -}}

{{- define "datamaker.image" -}}
{{- printf "%s:%s" .Values.image.repository (.Values.image.tag | default .Chart.AppVersion) -}}
{{- end -}}

{{/* The groups of workers, each with what the defaults say where it says nothing, as JSON. */}}
{{- define "datamaker.workers" -}}
{{- $groups := dict -}}
{{- range $name, $group := .Values.workers -}}
{{- if ne $group nil -}}
{{- $merged := mergeOverwrite (deepCopy $.Values.workerDefaults) (deepCopy $group) -}}
{{- $_ := set $groups $name $merged -}}
{{- end -}}
{{- end -}}
{{- $groups | toJson -}}
{{- end -}}

{{/* What no schema can say. */}}
{{- define "datamaker.check" -}}
{{- $workers := include "datamaker.workers" . | fromJson -}}
{{- $fenced := list -}}
{{- $open := list -}}
{{- range $name, $group := $workers -}}
{{- if has "runs" $group.lanes -}}
{{- if $group.sandbox -}}
{{- $fenced = append $fenced $name -}}
{{- else -}}
{{- $open = append $open $name -}}
{{- end -}}
{{- end -}}
{{- if and (has "scenarios" $group.lanes) (not $group.sandbox) -}}
{{- fail (printf "workers.%s: a worker of scenarios does not start without a sandbox: set sandbox: true, or leave scenarios out of its lanes" $name) -}}
{{- end -}}
{{- if and (eq $group.autoscaling.kind "queue") (not $group.autoscaling.prometheus) -}}
{{- fail (printf "workers.%s: autoscaling by the queue asks Prometheus: set autoscaling.prometheus to its address" $name) -}}
{{- end -}}
{{- if gt (int $group.autoscaling.min) (int $group.autoscaling.max) -}}
{{- fail (printf "workers.%s: autoscaling.min is more than autoscaling.max" $name) -}}
{{- end -}}
{{- end -}}
{{- if and $fenced $open -}}
{{- fail (printf "workers.%s: takes runs without a sandbox beside workers.%s, which has one: runs with Python fields would fail by chance. Set the same sandbox for all groups that take runs, or leave runs out of the lanes of one" (first $open) (first $fenced)) -}}
{{- end -}}
{{- if and (eq .Values.files.kind "s3") (not .Values.files.s3.bucket) -}}
{{- fail "files.s3.bucket: name the bucket, or set files.kind to volume" -}}
{{- end -}}
{{- if and (eq .Values.files.kind "volume") (ne .Values.files.volume.accessMode "ReadWriteMany") (or $workers (gt (int .Values.server.replicas) 1)) -}}
{{- fail "files.volume.accessMode: several pods share the volume, so it is ReadWriteMany; for one of ReadWriteOnce set server.replicas to 1 and workers to none" -}}
{{- end -}}
{{- if and .Values.ingress.enabled (not .Values.ingress.host) -}}
{{- fail "ingress.host: name the host that people see" -}}
{{- end -}}
{{- end -}}

{{/* A variable of the Secret: dict "root" $ "name" text "optional" bool */}}
{{- define "datamaker.fromSecret" -}}
- name: {{ .name }}
  valueFrom:
    secretKeyRef:
      name: {{ .root.Values.secretName }}
      key: {{ .name }}
      {{- if .optional }}
      optional: true
      {{- end }}
{{- end -}}

{{/* A setting as text. Numbers of values are floats, of which large and small ones would be written with an exponent. */}}
{{- define "datamaker.plain" -}}
{{- if not (kindIs "float64" .) -}}
{{- toString . -}}
{{- else if eq (toString .) (toString (floor .)) -}}
{{- printf "%.0f" . -}}
{{- else if contains "e-" (toString .) -}}
{{- regexReplaceAll "0+$" (printf "%.18f" .) "" -}}
{{- else -}}
{{- toString . -}}
{{- end -}}
{{- end -}}

{{/* Variables that the server and workers read alike. */}}
{{- define "datamaker.environment" -}}
{{- range list "DATABASE_URL" "DATAMAKER_MASTER_KEY" }}
{{ include "datamaker.fromSecret" (dict "root" $ "name" . "optional" false) }}
{{- end }}
{{- range list "DATAMAKER_MASTER_KEY_PREVIOUS" "DATAMAKER_METRICS_TOKEN" "DATAMAKER_PLANS" "DATAMAKER_S3_ACCESS_KEY_ID" "DATAMAKER_S3_SECRET_ACCESS_KEY" }}
{{ include "datamaker.fromSecret" (dict "root" $ "name" . "optional" true) }}
{{- end }}
- name: DATAMAKER_DATA_DIR
  value: /var/lib/datamaker
{{- if eq .Values.files.kind "s3" }}
{{- range $name, $value := .Values.files.s3 }}
{{- if $value }}
- name: DATAMAKER_S3_{{ upper $name }}
  value: {{ $value | quote }}
{{- end }}
{{- end }}
{{- end }}
{{- range $name, $value := .Values.settings }}
- name: {{ $name }}
  value: {{ include "datamaker.plain" $value | quote }}
{{- end }}
{{- end -}}

{{- define "datamaker.mounts" -}}
- name: data
  mountPath: /var/lib/datamaker
- name: secret
  mountPath: /var/lib/datamaker/secret
  subPath: secret
  readOnly: true
- name: tmp
  mountPath: /tmp
{{- end -}}

{{- define "datamaker.volumes" -}}
- name: data
  {{- if eq .Values.files.kind "volume" }}
  persistentVolumeClaim:
    claimName: {{ .Values.files.volume.existingClaim | default (printf "%s-data" (include "datamaker.name" .)) }}
  {{- else }}
  emptyDir:
    sizeLimit: {{ .Values.scratch.size }}
  {{- end }}
- name: secret
  secret:
    secretName: {{ .Values.secretName }}
    defaultMode: 0440
    items:
      - { key: secret, path: secret }
- name: tmp
  emptyDir:
    sizeLimit: {{ .Values.scratch.tmpSize }}
{{- end -}}

{{/* What a pod has whatever it does: dict "root" $ "sandbox" bool */}}
{{- define "datamaker.podSecurity" -}}
{{- with .root.Values.image.pullSecrets }}
imagePullSecrets:
  {{- range . }}
  - name: {{ . }}
  {{- end }}
{{- end }}
serviceAccountName: {{ include "datamaker.serviceAccount" .root }}
automountServiceAccountToken: false
enableServiceLinks: false
{{- if .sandbox }}
# Root in the pod is nobody on the node: without this, no pod may see all of /proc.
hostUsers: false
{{- end }}
securityContext:
  runAsNonRoot: true
  runAsUser: 10001
  runAsGroup: 10001
  fsGroup: 10001
  fsGroupChangePolicy: OnRootMismatch
  {{- if .sandbox }}
  # The fence of the container gives way to that of the sandbox: docs/explanation/sandbox.md
  seccompProfile: { type: Unconfined }
  appArmorProfile: { type: Unconfined }
  {{- else }}
  seccompProfile: { type: RuntimeDefault }
  {{- end }}
{{- end -}}

{{/* dict "sandbox" bool */}}
{{- define "datamaker.containerSecurity" -}}
allowPrivilegeEscalation: false
readOnlyRootFilesystem: true
capabilities: { drop: [ALL] }
{{- if .sandbox }}
procMount: Unmasked
{{- end }}
{{- end -}}

{{/* Where pods go: of a component of the values */}}
{{- define "datamaker.placement" -}}
{{- range $name := list "nodeSelector" "tolerations" "affinity" }}
{{- with index $ $name }}
{{ $name }}:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- end }}
{{- end -}}

{{/* Ways out of pods, where they are named. */}}
{{- define "datamaker.egress" }}
{{- with .Values.networkPolicy.egress }}
egress:
  - ports:
      - { protocol: UDP, port: 53 }
      - { protocol: TCP, port: 53 }
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- end }}

{{/* How figures are asked for. */}}
{{- define "datamaker.endpoint" }}
path: /metrics
interval: {{ .Values.monitoring.interval }}
authorization:
  credentials: { name: {{ .Values.secretName }}, key: DATAMAKER_METRICS_TOKEN }
{{- end }}
