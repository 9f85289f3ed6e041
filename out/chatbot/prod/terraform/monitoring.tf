# chatbot/prod, written by cachewright: change the definition, not this file.

resource "aws_cloudwatch_metric_alarm" "cpu" {
  alarm_name        = "chatbot-prod-EngineCPUUtilization"
  alarm_description = "chatbot-prod: CPUUtilization above 45 % for 5 minutes. Commands wait for the core that runs them. The engine runs on one core: 90 % of it is 45 % of a host with 2 vCPUs."

  evaluation_periods  = 5
  datapoints_to_alarm = 5
  threshold           = 45
  comparison_operator = "GreaterThanThreshold"
  treat_missing_data  = "missing"
  alarm_actions       = [var.alerts_topic_arn]
  ok_actions          = [var.alerts_topic_arn]

  tags = {
    Environment = "production"
  }

  metric_query {
    id          = "worst"
    expression  = "MAX(METRICS())"
    return_data = true
  }

  metric_query {
    id          = "m1"
    return_data = false

    metric {
      namespace   = "AWS/ElastiCache"
      metric_name = "CPUUtilization"

      dimensions = {
        CacheClusterId = "chatbot-prod-001"
        CacheNodeId    = "0001"
      }

      period = 60
      stat   = "Average"
    }
  }

  metric_query {
    id          = "m2"
    return_data = false

    metric {
      namespace   = "AWS/ElastiCache"
      metric_name = "CPUUtilization"

      dimensions = {
        CacheClusterId = "chatbot-prod-002"
        CacheNodeId    = "0001"
      }

      period = 60
      stat   = "Average"
    }
  }
}

resource "aws_cloudwatch_metric_alarm" "memory" {
  alarm_name        = "chatbot-prod-DatabaseMemoryUsagePercentage"
  alarm_description = "chatbot-prod: DatabaseMemoryUsagePercentage above 80 % for 5 minutes. Memory runs out: keys are evicted, or writes are refused."

  evaluation_periods  = 5
  datapoints_to_alarm = 5
  threshold           = 80
  comparison_operator = "GreaterThanThreshold"
  treat_missing_data  = "missing"
  alarm_actions       = [var.alerts_topic_arn]
  ok_actions          = [var.alerts_topic_arn]

  tags = {
    Environment = "production"
  }

  metric_query {
    id          = "worst"
    expression  = "MAX(METRICS())"
    return_data = true
  }

  metric_query {
    id          = "m1"
    return_data = false

    metric {
      namespace   = "AWS/ElastiCache"
      metric_name = "DatabaseMemoryUsagePercentage"

      dimensions = {
        CacheClusterId = "chatbot-prod-001"
      }

      period = 60
      stat   = "Average"
    }
  }

  metric_query {
    id          = "m2"
    return_data = false

    metric {
      namespace   = "AWS/ElastiCache"
      metric_name = "DatabaseMemoryUsagePercentage"

      dimensions = {
        CacheClusterId = "chatbot-prod-002"
      }

      period = 60
      stat   = "Average"
    }
  }
}

resource "aws_cloudwatch_metric_alarm" "freeable_memory" {
  alarm_name        = "chatbot-prod-FreeableMemory"
  alarm_description = "chatbot-prod: FreeableMemory below 100000000 bytes for 5 minutes. The host has hardly any memory left and may begin to swap."

  evaluation_periods  = 5
  datapoints_to_alarm = 5
  threshold           = 100000000
  comparison_operator = "LessThanThreshold"
  treat_missing_data  = "missing"
  alarm_actions       = [var.alerts_topic_arn]
  ok_actions          = [var.alerts_topic_arn]

  tags = {
    Environment = "production"
  }

  metric_query {
    id          = "worst"
    expression  = "MIN(METRICS())"
    return_data = true
  }

  metric_query {
    id          = "m1"
    return_data = false

    metric {
      namespace   = "AWS/ElastiCache"
      metric_name = "FreeableMemory"

      dimensions = {
        CacheClusterId = "chatbot-prod-001"
        CacheNodeId    = "0001"
      }

      period = 60
      stat   = "Average"
    }
  }

  metric_query {
    id          = "m2"
    return_data = false

    metric {
      namespace   = "AWS/ElastiCache"
      metric_name = "FreeableMemory"

      dimensions = {
        CacheClusterId = "chatbot-prod-002"
        CacheNodeId    = "0001"
      }

      period = 60
      stat   = "Average"
    }
  }
}

resource "aws_cloudwatch_metric_alarm" "connections" {
  alarm_name        = "chatbot-prod-CurrConnections"
  alarm_description = "chatbot-prod: CurrConnections above 1000 for 10 minutes. Clients have many connections open: a pool without a bound, or one for each request."

  evaluation_periods  = 10
  datapoints_to_alarm = 10
  threshold           = 1000
  comparison_operator = "GreaterThanThreshold"
  treat_missing_data  = "missing"
  alarm_actions       = [var.alerts_topic_arn]
  ok_actions          = [var.alerts_topic_arn]

  tags = {
    Environment = "production"
  }

  metric_query {
    id          = "worst"
    expression  = "MAX(METRICS())"
    return_data = true
  }

  metric_query {
    id          = "m1"
    return_data = false

    metric {
      namespace   = "AWS/ElastiCache"
      metric_name = "CurrConnections"

      dimensions = {
        CacheClusterId = "chatbot-prod-001"
        CacheNodeId    = "0001"
      }

      period = 60
      stat   = "Average"
    }
  }

  metric_query {
    id          = "m2"
    return_data = false

    metric {
      namespace   = "AWS/ElastiCache"
      metric_name = "CurrConnections"

      dimensions = {
        CacheClusterId = "chatbot-prod-002"
        CacheNodeId    = "0001"
      }

      period = 60
      stat   = "Average"
    }
  }
}

resource "aws_cloudwatch_metric_alarm" "replication_lag" {
  alarm_name        = "chatbot-prod-ReplicationLag"
  alarm_description = "chatbot-prod: ReplicationLag above 10 seconds for 15 minutes. A replica is behind: reads from it are old, and a failover to it loses writes."

  evaluation_periods  = 15
  datapoints_to_alarm = 15
  threshold           = 10
  comparison_operator = "GreaterThanThreshold"
  treat_missing_data  = "missing"
  alarm_actions       = [var.alerts_topic_arn]
  ok_actions          = [var.alerts_topic_arn]

  tags = {
    Environment = "production"
  }

  metric_query {
    id          = "worst"
    expression  = "MAX(METRICS())"
    return_data = true
  }

  metric_query {
    id          = "m1"
    return_data = false

    metric {
      namespace   = "AWS/ElastiCache"
      metric_name = "ReplicationLag"

      dimensions = {
        CacheClusterId = "chatbot-prod-001"
      }

      period = 60
      stat   = "Average"
    }
  }

  metric_query {
    id          = "m2"
    return_data = false

    metric {
      namespace   = "AWS/ElastiCache"
      metric_name = "ReplicationLag"

      dimensions = {
        CacheClusterId = "chatbot-prod-002"
      }

      period = 60
      stat   = "Average"
    }
  }
}

resource "aws_cloudwatch_metric_alarm" "primary_link" {
  alarm_name        = "chatbot-prod-MasterLinkHealthStatus"
  alarm_description = "chatbot-prod: MasterLinkHealthStatus below 1 for 2 minutes. A replica has lost its primary."

  evaluation_periods  = 2
  datapoints_to_alarm = 2
  threshold           = 1
  comparison_operator = "LessThanThreshold"
  treat_missing_data  = "missing"
  alarm_actions       = [var.alerts_topic_arn]
  ok_actions          = [var.alerts_topic_arn]

  tags = {
    Environment = "production"
  }

  metric_query {
    id          = "worst"
    expression  = "MIN(METRICS())"
    return_data = true
  }

  metric_query {
    id          = "m1"
    return_data = false

    metric {
      namespace   = "AWS/ElastiCache"
      metric_name = "MasterLinkHealthStatus"

      dimensions = {
        CacheClusterId = "chatbot-prod-001"
      }

      period = 60
      stat   = "Minimum"
    }
  }

  metric_query {
    id          = "m2"
    return_data = false

    metric {
      namespace   = "AWS/ElastiCache"
      metric_name = "MasterLinkHealthStatus"

      dimensions = {
        CacheClusterId = "chatbot-prod-002"
      }

      period = 60
      stat   = "Minimum"
    }
  }
}

resource "aws_cloudwatch_metric_alarm" "no_data_001" {
  alarm_name        = "chatbot-prod-001-NoData"
  alarm_description = "chatbot-prod-001: no data for 5 minutes. The member is gone, or can't be reached."

  namespace   = "AWS/ElastiCache"
  metric_name = "CurrConnections"

  dimensions = {
    CacheClusterId = "${aws_elasticache_replication_group.this.id}-001"
    CacheNodeId    = "0001"
  }

  statistic = "SampleCount"
  period    = 60

  evaluation_periods  = 5
  datapoints_to_alarm = 5
  threshold           = 1
  comparison_operator = "LessThanThreshold"
  treat_missing_data  = "breaching"
  alarm_actions       = [var.alerts_topic_arn]
  ok_actions          = [var.alerts_topic_arn]

  tags = {
    Environment = "production"
  }
}

resource "aws_cloudwatch_metric_alarm" "no_data_002" {
  alarm_name        = "chatbot-prod-002-NoData"
  alarm_description = "chatbot-prod-002: no data for 5 minutes. The member is gone, or can't be reached."

  namespace   = "AWS/ElastiCache"
  metric_name = "CurrConnections"

  dimensions = {
    CacheClusterId = "${aws_elasticache_replication_group.this.id}-002"
    CacheNodeId    = "0001"
  }

  statistic = "SampleCount"
  period    = 60

  evaluation_periods  = 5
  datapoints_to_alarm = 5
  threshold           = 1
  comparison_operator = "LessThanThreshold"
  treat_missing_data  = "breaching"
  alarm_actions       = [var.alerts_topic_arn]
  ok_actions          = [var.alerts_topic_arn]

  tags = {
    Environment = "production"
  }
}

resource "aws_cloudwatch_metric_alarm" "hit_rate" {
  alarm_name        = "chatbot-prod-CacheHitRate"
  alarm_description = "chatbot-prod: CacheHitRate below 70 % for 15 minutes. Reads miss the cache, and whatever is behind it has the load."

  evaluation_periods  = 3
  datapoints_to_alarm = 3
  threshold           = 70
  comparison_operator = "LessThanThreshold"
  treat_missing_data  = "notBreaching"
  alarm_actions       = [var.alerts_topic_arn]
  ok_actions          = [var.alerts_topic_arn]

  tags = {
    Environment = "production"
  }

  metric_query {
    id          = "worst"
    expression  = "MIN(METRICS())"
    return_data = true
  }

  metric_query {
    id          = "m1"
    return_data = false

    metric {
      namespace   = "AWS/ElastiCache"
      metric_name = "CacheHitRate"

      dimensions = {
        CacheClusterId = "chatbot-prod-001"
      }

      period = 300
      stat   = "Average"
    }
  }

  metric_query {
    id          = "m2"
    return_data = false

    metric {
      namespace   = "AWS/ElastiCache"
      metric_name = "CacheHitRate"

      dimensions = {
        CacheClusterId = "chatbot-prod-002"
      }

      period = 300
      stat   = "Average"
    }
  }
}

resource "aws_cloudwatch_metric_alarm" "authentication" {
  alarm_name        = "chatbot-prod-AuthenticationFailures"
  alarm_description = "chatbot-prod: AuthenticationFailures above 0 for a minute. Somebody logs in with a wrong token or password."

  evaluation_periods  = 1
  datapoints_to_alarm = 1
  threshold           = 0
  comparison_operator = "GreaterThanThreshold"
  treat_missing_data  = "notBreaching"
  alarm_actions       = [var.alerts_topic_arn]
  ok_actions          = [var.alerts_topic_arn]

  tags = {
    Environment = "production"
  }

  metric_query {
    id          = "worst"
    expression  = "MAX(METRICS())"
    return_data = true
  }

  metric_query {
    id          = "m1"
    return_data = false

    metric {
      namespace   = "AWS/ElastiCache"
      metric_name = "AuthenticationFailures"

      dimensions = {
        CacheClusterId = "chatbot-prod-001"
      }

      period = 60
      stat   = "Sum"
    }
  }

  metric_query {
    id          = "m2"
    return_data = false

    metric {
      namespace   = "AWS/ElastiCache"
      metric_name = "AuthenticationFailures"

      dimensions = {
        CacheClusterId = "chatbot-prod-002"
      }

      period = 60
      stat   = "Sum"
    }
  }
}

resource "aws_cloudwatch_composite_alarm" "unwell" {
  alarm_name        = "chatbot-prod-unwell"
  alarm_description = "chatbot-prod is unwell: one of the alarms that can't wait went off. The dashboard shows which, the runbook what to do."
  alarm_rule        = "ALARM(\"${aws_cloudwatch_metric_alarm.cpu.alarm_name}\") OR ALARM(\"${aws_cloudwatch_metric_alarm.memory.alarm_name}\") OR ALARM(\"${aws_cloudwatch_metric_alarm.primary_link.alarm_name}\") OR ALARM(\"${aws_cloudwatch_metric_alarm.no_data_001.alarm_name}\") OR ALARM(\"${aws_cloudwatch_metric_alarm.no_data_002.alarm_name}\")"
  alarm_actions     = [var.pages_topic_arn]
  ok_actions        = [var.pages_topic_arn]

  tags = {
    Environment = "production"
  }
}

resource "aws_cloudwatch_dashboard" "this" {
  dashboard_name = "chatbot-prod"

  dashboard_body = jsonencode({
    widgets = [
      {
        height = 1
        properties = {
          markdown = "# chatbot-prod (chatbot/prod, production)"
        }
        type  = "text"
        width = 24
        x     = 0
        y     = 0
      },
      {
        height = 6
        properties = {
          annotations = {
            horizontal = [
              {
                label = "alarm"
                value = 45
              },
            ]
          }
          metrics = [
            [
              "AWS/ElastiCache",
              "CPUUtilization",
              "CacheClusterId",
              "chatbot-prod-001",
              "CacheNodeId",
              "0001",
            ],
            [".", ".", ".", "chatbot-prod-002", ".", "."],
          ]
          period  = 60
          region  = "us-east-1"
          stacked = false
          stat    = "Average"
          title   = "EngineCPUUtilization"
          view    = "timeSeries"
        }
        type  = "metric"
        width = 8
        x     = 0
        y     = 1
      },
      {
        height = 6
        properties = {
          annotations = {
            horizontal = [
              {
                label = "alarm"
                value = 80
              },
            ]
          }
          metrics = [
            [
              "AWS/ElastiCache",
              "DatabaseMemoryUsagePercentage",
              "CacheClusterId",
              "chatbot-prod-001",
            ],
            [".", ".", ".", "chatbot-prod-002"],
          ]
          period  = 60
          region  = "us-east-1"
          stacked = false
          stat    = "Average"
          title   = "DatabaseMemoryUsagePercentage"
          view    = "timeSeries"
        }
        type  = "metric"
        width = 8
        x     = 8
        y     = 1
      },
      {
        height = 6
        properties = {
          annotations = {
            horizontal = [
              {
                label = "alarm"
                value = 100000000
              },
            ]
          }
          metrics = [
            [
              "AWS/ElastiCache",
              "FreeableMemory",
              "CacheClusterId",
              "chatbot-prod-001",
              "CacheNodeId",
              "0001",
            ],
            [".", ".", ".", "chatbot-prod-002", ".", "."],
          ]
          period  = 60
          region  = "us-east-1"
          stacked = false
          stat    = "Average"
          title   = "FreeableMemory"
          view    = "timeSeries"
        }
        type  = "metric"
        width = 8
        x     = 16
        y     = 1
      },
      {
        height = 6
        properties = {
          annotations = {
            horizontal = [
              {
                label = "alarm"
                value = 1000
              },
            ]
          }
          metrics = [
            [
              "AWS/ElastiCache",
              "CurrConnections",
              "CacheClusterId",
              "chatbot-prod-001",
              "CacheNodeId",
              "0001",
            ],
            [".", ".", ".", "chatbot-prod-002", ".", "."],
          ]
          period  = 60
          region  = "us-east-1"
          stacked = false
          stat    = "Average"
          title   = "CurrConnections"
          view    = "timeSeries"
        }
        type  = "metric"
        width = 8
        x     = 0
        y     = 7
      },
      {
        height = 6
        properties = {
          annotations = {
            horizontal = [
              {
                label = "alarm"
                value = 10
              },
            ]
          }
          metrics = [
            ["AWS/ElastiCache", "ReplicationLag", "CacheClusterId", "chatbot-prod-001"],
            [".", ".", ".", "chatbot-prod-002"],
          ]
          period  = 60
          region  = "us-east-1"
          stacked = false
          stat    = "Average"
          title   = "ReplicationLag"
          view    = "timeSeries"
        }
        type  = "metric"
        width = 8
        x     = 8
        y     = 7
      },
      {
        height = 6
        properties = {
          annotations = {
            horizontal = [
              {
                label = "alarm"
                value = 1
              },
            ]
          }
          metrics = [
            ["AWS/ElastiCache", "MasterLinkHealthStatus", "CacheClusterId", "chatbot-prod-001"],
            [".", ".", ".", "chatbot-prod-002"],
          ]
          period  = 60
          region  = "us-east-1"
          stacked = false
          stat    = "Minimum"
          title   = "MasterLinkHealthStatus"
          view    = "timeSeries"
        }
        type  = "metric"
        width = 8
        x     = 16
        y     = 7
      },
      {
        height = 6
        properties = {
          annotations = {
            horizontal = [
              {
                label = "alarm"
                value = 70
              },
            ]
          }
          metrics = [
            ["AWS/ElastiCache", "CacheHitRate", "CacheClusterId", "chatbot-prod-001"],
            [".", ".", ".", "chatbot-prod-002"],
          ]
          period  = 300
          region  = "us-east-1"
          stacked = false
          stat    = "Average"
          title   = "CacheHitRate"
          view    = "timeSeries"
        }
        type  = "metric"
        width = 8
        x     = 0
        y     = 13
      },
      {
        height = 6
        properties = {
          annotations = {
            horizontal = [
              {
                label = "alarm"
                value = 0
              },
            ]
          }
          metrics = [
            ["AWS/ElastiCache", "AuthenticationFailures", "CacheClusterId", "chatbot-prod-001"],
            [".", ".", ".", "chatbot-prod-002"],
          ]
          period  = 60
          region  = "us-east-1"
          stacked = false
          stat    = "Sum"
          title   = "AuthenticationFailures"
          view    = "timeSeries"
        }
        type  = "metric"
        width = 8
        x     = 8
        y     = 13
      },
    ]
  })
}
