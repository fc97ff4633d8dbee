apiVersion: monitoring.coreos.com/v1
kind: PrometheusRule
metadata:
  name: mall
  labels:
    app.kubernetes.io/name: mall-alerts
    app.kubernetes.io/part-of: shopping-mall
spec:
  {{- .Files.Get "rules/mall-rules.yaml" | nindent 2 }}
